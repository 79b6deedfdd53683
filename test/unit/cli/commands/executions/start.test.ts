import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anEvent, anExecution, page } from "../../../../helpers/resources.ts";

const START = {
  deployment_id: "d1",
  workflow_id: "install",
  parameters: {},
  allow_custom_parameters: "false",
  force: "false",
  dry_run: "false",
  queue: "false",
  scheduled_time: null,
  wait_after_fail: 600,
  force_status: null,
  created_by: null,
  created_at: null,
  started_at: null,
  ended_at: null,
  id: null,
  is_system_workflow: null,
  error: null,
};

const ended = (over: Parameters<typeof anExecution>[0] = {}) =>
  anExecution({ status: "terminated", status_display: "completed", ...over });

const started = anEvent();
const succeeded = anEvent({ event_type: "workflow_succeeded", message: "'install' workflow execution succeeded" });

/** A manager on which the execution runs and ends as it is told. */
const running = (end = ended(), events = [started, succeeded]) =>
  fakeManager()
    .on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) })
    .on("GET /executions/E1", { answer: anExecution() })
    .on("GET /executions/E1", { answer: end, times: "any" })
    .on("GET /events", { query: { _offset: "0" }, answer: page(events.slice(0, 1)) })
    .on("GET /events", { query: { _offset: "1" }, answer: page(events.slice(1)) })
    .on("GET /events", { query: { _offset: String(events.length) }, answer: page([]), times: "any" });

const start = (line: string, manager = running()) =>
  cfy(`executions start install -d d1 ${line}`, { manager, clock: fastClock() });

describe("executions start", () => {
  it.each([
    ["", {}],
    ["--force", { force: "true" }],
    ["--dry-run", { dry_run: "true" }],
    [
      "--allow-custom-parameters -p a=1 -p '{\"b\": 2}'",
      { allow_custom_parameters: "true", parameters: { a: "1", b: 2 } },
    ],
    ["--wait-after-fail 5", { wait_after_fail: 5 }],
    ["--schedule '2099-01-01 10:00'", { scheduled_time: "2099-01-01 10:00" }],
  ])("with %j asks for it", async (line, change) => {
    const manager = fakeManager().on("POST /executions", {
      body: { ...START, ...change },
      status: 201,
      answer: anExecution({ status: "pending" }),
    });
    expect((await start(`${line} --detach`, manager)).code).toBe(0);
  });

  it("says a time from now as a time that the server knows", async () => {
    const manager = fakeManager().on("POST /executions", {
      body: { ...START, scheduled_time: "2026-01-01T02:00:00.000Z" },
      status: 201,
      answer: anExecution({ status: "scheduled" }),
    });
    const ran = await cfy("executions start install -d d1 --schedule '+2 hours'", { manager });
    expect(ran).toMatchObject({ code: 0, stdout: "It will start at +2 hours\n" });
  });

  it("shows the events and how it came out", async () => {
    const { code, stdout } = await start("");
    expect({ code, lines: stdout.split("\n") }).toEqual({
      code: 0,
      lines: [
        "2026-01-01 00:00:02.000  CFY <d1> Starting 'install' workflow execution",
        "2026-01-01 00:00:02.000  CFY <d1> 'install' workflow execution succeeded",
        "install on d1 has completed",
        "",
      ],
    });
  });

  it.each([
    ["failed", 1, "install on d1 has failed: no disk"],
    ["cancelled", 3, "install on d1 was cancelled"],
  ] as const)("exits by the outcome: %s", async (status, code, line) => {
    const ran = await start("", running(ended({ status, error: status === "failed" ? "no disk" : "" })));
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain(line);
  });

  it("tells a failure in JSON mode on stderr, and keeps stdout for the events", async () => {
    const ran = await start("--json", running(ended({ status: "failed", error: "no disk" })));
    expect(
      ran.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).message.text),
    ).toEqual(["Starting 'install' workflow execution", "'install' workflow execution succeeded"]);
    expect(JSON.parse(ran.stderr).error).toMatchObject({
      code: "execution_failed",
      message: "install on d1 has failed: no disk",
    });
  });

  it("leaves logs out when they are not wanted", async () => {
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: ended({ started_at: null }) })
      .on("GET /executions/E1", { answer: ended({ started_at: null }), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    await start("--no-logs", manager);
    const query = manager.requests.find(({ path }) => path.endsWith("/events"))?.query;
    expect(query?.filter(([name]) => name === "type")).toEqual([["type", "cloudify_event"]]);
  });

  it("prints only the id of what it has started for a script", async () => {
    const manager = fakeManager().on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) });
    expect(await start("--detach -o id", manager)).toEqual({ code: 0, stdout: "E1\n", stderr: "" });
  });

  it("does not wait for an execution that is queued", async () => {
    const manager = fakeManager().on("POST /executions", { status: 201, answer: anExecution({ status: "queued" }) });
    const ran = await start("--queue", manager);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("cfy executions watch E1");
  });

  it("with --wait follows it from its place in the queue on", async () => {
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution({ status: "queued" }) })
      .on("GET /executions/E1", { answer: anExecution({ status: "queued" }) })
      .list("/executions", [anExecution({ id: "E0", workflow_id: "heal" })], { times: "any" })
      .on("GET /executions/E1", { answer: ended(), times: "any" })
      .on("GET /events", { query: { _offset: "0" }, answer: page([started, succeeded]), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    const ran = await start("--queue --wait", manager);
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("queued behind heal (E0, started)") });
  });

  it("names the execution that is in the way", async () => {
    const message =
      "The following executions are currently running for this deployment: [<Execution id=`E0` tenant=`t` status=`started` workflow_id=`heal`>]";
    const manager = fakeManager().on("POST /executions", {
      status: 400,
      answer: { message, error_code: "existing_running_execution_error" },
    });
    const ran = await start("", manager);
    expect(ran.code).toBe(6);
    expect(ran.stderr).toContain("heal (E0)");
    expect(ran.stderr).toContain("--queue");
  });

  it("waits for an environment that is still being created, and starts then", async () => {
    const creation = anExecution({ id: "E9", workflow_id: "create_deployment_environment" });
    const manager = fakeManager()
      .on("POST /executions", {
        status: 400,
        answer: { message: "wait", error_code: "deployment_environment_creation_in_progress_error" },
      })
      .list("/executions", [creation], { query: { workflow_id: "create_deployment_environment" } })
      .on("GET /executions/E9", { answer: { ...creation, status: "terminated" } })
      .on("GET /events", { answer: page([succeeded]) })
      .on("GET /events", { answer: page([]), times: "any" })
      .on("POST /executions", { status: 201, answer: anExecution({ status: "pending" }) });
    const ran = await start("--detach", manager);
    expect(ran).toMatchObject({ code: 0, stdout: "install on d1 is pending (E1)\n" });
  });

  it("says that it goes on when the time is over", async () => {
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution(), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    const ran = await start("--timeout 6", manager);
    expect(ran.code).toBe(124);
    expect(ran.stderr).toContain("cfy executions watch E1");
  });

  it("leaves the execution alone on Ctrl-C, and says how to come back", async () => {
    const interrupt = new AbortController();
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution(), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    const clock = fastClock();
    const pressed = { ...clock, sleep: async () => interrupt.abort("SIGINT") };
    const ran = await cfy("executions start install -d d1", { manager, clock: pressed, signal: interrupt.signal });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain("cfy executions watch E1");
    expect(ran.stderr).toContain("cfy executions cancel E1");
  });

  it("with --cancel-on-interrupt cancels on Ctrl-C, and follows until it is cancelled, telling each event once", async () => {
    const interrupt = new AbortController();
    const cancelled = anExecution({ status: "cancelled", started_at: null });
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution() })
      .on("GET /executions/E1", { answer: cancelled, times: "any" })
      .on("POST /executions/E1", { body: { action: "cancel" }, answer: anExecution({ status: "cancelling" }) })
      .on("GET /events", {
        query: { _offset: "0" },
        answer: page([anEvent({ message: "It began" })]),
        times: "any",
      })
      .on("GET /events", { answer: page([]), times: "any" });
    const clock = fastClock();
    const pressed = { ...clock, sleep: async () => interrupt.abort("SIGINT") };
    const line = "executions start install -d d1 --cancel-on-interrupt --timeout 0";
    const { code, stdout, stderr } = await cfy(line, { manager, clock: pressed, signal: interrupt.signal });
    expect(code).toBe(3);
    expect(stdout.match(/It began/g)).toHaveLength(1);
    expect(stderr).toContain("Cancelling install on d1 (E1); Ctrl-C again leaves it to itself.\n");
  });

  it("with --cancel-on-interrupt says how an execution ended that could not be cancelled any more", async () => {
    const interrupt = new AbortController();
    const tooLate = { message: "it is terminated", error_code: "illegal_action_error" };
    const manager = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution({ status: "terminated" }), times: "any" })
      .on("POST /executions/E1", { status: 400, answer: tooLate })
      .on("GET /events", { answer: page([]), times: "any" });
    const clock = fastClock();
    const pressed = {
      ...clock,
      now: () => clock.now(),
      sleep: (milliseconds: number) => {
        interrupt.abort("SIGINT");
        return clock.sleep(milliseconds);
      },
    };
    const line = "executions start install -d d1 --cancel-on-interrupt --timeout 0";
    const { code, stdout } = await cfy(line, { manager, clock: pressed, signal: interrupt.signal });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("install on d1 has completed") });
  });

  it("with --cancel-on-interrupt cancels nothing that ends by itself or outlasts the time", async () => {
    expect((await start("--cancel-on-interrupt")).code).toBe(0);
    const endless = fakeManager()
      .on("POST /executions", { status: 201, answer: anExecution() })
      .on("GET /executions/E1", { answer: anExecution(), times: "any" })
      .on("GET /events", { answer: page([]), times: "any" });
    expect((await start("--cancel-on-interrupt --timeout 30", endless)).code).toBe(124);
  });
});
