import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { type FakeManager, fakeManager } from "../../../../helpers/fake-manager.ts";
import { fastClock } from "../../../../helpers/fast-clock.ts";
import { anExecution, page } from "../../../../helpers/resources.ts";

const execution = (id: string, over: Parameters<typeof anExecution>[0] = {}) =>
  anExecution({ id, status_display: over.status === "terminated" ? "completed" : (over.status ?? "started"), ...over });

const ended = (id: string, status: "terminated" | "failed" | "cancelled") =>
  execution(id, {
    status,
    ended_at: "2026-01-01T00:02:06.000Z",
    error: status === "failed" ? "Traceback\nno disk" : "",
  });

/** A manager that knows these executions, each as it always is. */
function knowing(...executions: readonly ReturnType<typeof anExecution>[]): FakeManager {
  const manager = fakeManager();
  for (const each of executions) manager.on(`GET /executions/${each.id}`, { answer: each, times: "any" });
  return manager;
}

const wait = (line: string, manager: FakeManager, signal?: AbortSignal) =>
  cfy(`executions wait ${line}`, { manager, clock: fastClock(), signal });

describe("executions wait", () => {
  it("shows all of them at the end, and on stderr each as it ends", async () => {
    const manager = knowing(ended("E1", "terminated"), ended("E2", "failed"));
    const ran = await wait("E1 E2 --columns id,workflow_id,deployment_id,status,duration,error", manager);
    expect(ran.stdout).toContain("| E1 |   install   |       d1      | completed |  2m05s   |         |");
    expect(ran.stdout).toContain("| E2 |   install   |       d1      |   failed  |  2m05s   | no disk |");
    expect(ran.stderr).toContain("install on d1 (E1) has completed\n");
    expect(ran.code).toBe(1);
  });

  it("gives programs the rows, the duration in seconds", async () => {
    const { code, stdout, stderr } = await wait("E1 --json", knowing(ended("E1", "terminated")));
    expect({ code, stderr, rows: JSON.parse(stdout) }).toEqual({
      code: 0,
      stderr: "",
      rows: [{ id: "E1", workflow_id: "install", deployment_id: "d1", status: "completed", duration: 125, error: "" }],
    });
  });

  it.each([
    ["terminated", "terminated", 0],
    ["terminated", "cancelled", 3],
    ["failed", "failed", 1],
    ["failed", "cancelled", 1],
  ] as const)("exits as they came out together: %s and %s", async (one, other, code) => {
    expect((await wait("E1 E2 E1", knowing(ended("E1", one), ended("E2", other)))).code).toBe(code);
  });

  it("with --any ends with the first one, and exits as it came out", async () => {
    const ran = await wait("E1 E2 --any -o jsonl", knowing(execution("E1"), ended("E2", "cancelled")));
    expect(ran.code).toBe(3);
    expect(
      ran.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).status),
    ).toEqual(["started", "cancelled"]);
  });

  it("exits 124 when the time is over, and says that they go on", async () => {
    const ran = await wait("E1 E2 --timeout 2m", knowing(execution("E1"), ended("E2", "failed")));
    expect(ran.code).toBe(124);
    expect(ran.stderr).toContain("1 of 2 have not ended after 2m00s; they go on.\n  cfy executions watch E1\n");
    expect(ran.stdout).toMatch(/\| E1 .* started .*\n\| E2 .* failed /);
  });

  it("exits 130 on Ctrl-C, and shows how far they are", async () => {
    const ctrlC = new AbortController();
    const manager = knowing(execution("E1"), ended("E2", "terminated"));
    const waiting = wait("E1 E2 --json", manager, ctrlC.signal);
    await manager.asked(6);
    ctrlC.abort("SIGINT");
    const { code, stdout } = await waiting;
    expect({ code, ids: JSON.parse(stdout).map(({ id }: { id: string }) => id) }).toEqual({
      code: 130,
      ids: ["E1", "E2"],
    });
  });

  it("exits 5 when one is deleted meanwhile, and shows it as it was last seen", async () => {
    const answer = { message: "Requested `Execution` with ID `E1` was not found", error_code: "not_found_error" };
    const manager = fakeManager()
      .on("GET /executions/E1", { answer: execution("E1"), times: 3 })
      .on("GET /executions/E1", { status: 404, answer, times: "any" })
      .on("GET /executions/E2", { answer: ended("E2", "terminated"), times: "any" });
    const { code, stdout, stderr } = await wait("E1 E2", manager);
    expect(code).toBe(5);
    expect(stdout).toMatch(/\| E1 .* started /);
    expect(stderr).toContain("(E1) does not exist any more\n");
  });

  it("tells of one that does not exist before it waits for the others", async () => {
    const answer = { message: "Requested `Execution` with ID `E2` was not found", error_code: "not_found_error" };
    const manager = knowing(execution("E1")).on("GET /executions/E2", { status: 404, answer });
    expect((await wait("E1 E2", manager)).code).toBe(5);
  });
});

describe("an execution that does not run yet", () => {
  const wakingUp = (waiting: ReturnType<typeof anExecution>) =>
    fakeManager()
      .on("GET /executions/E1", { answer: waiting, times: 12 })
      .on("GET /executions/E1", { answer: ended("E1", "terminated"), times: "any" });

  it("is said to be queued behind the one that runs, once", async () => {
    const running = execution("E0", { workflow_id: "heal" });
    const manager = wakingUp(execution("E1", { status: "queued" })).list("/executions", [running], {
      query: { deployment_id: "d1", status: "started" },
      times: "any",
    });
    const { stdout, stderr } = await wait("E1 --columns id", manager);
    expect(stderr.match(/is queued behind .*/g)).toEqual(["is queued behind heal (E0, started)"]);
    expect(stdout).not.toContain("queued");
  });

  it("is said so again when the reason is another one, and only then", async () => {
    const behind = (id: string, workflow_id: string) => execution(id, { workflow_id });
    const narrowed = { query: { deployment_id: "d1" } };
    const manager = fakeManager()
      .on("GET /executions/E1", { answer: execution("E1", { status: "queued" }), times: "any" })
      .list("/executions", [behind("E0", "heal")], { ...narrowed, times: 2 })
      .list("/executions", [behind("E7", "scale"), behind("E8", "heal")], { ...narrowed, times: "any" });
    const { code, stderr } = await wait("E1 --timeout 2m", manager);
    expect({ code, reasons: stderr.match(/is queued behind .*/g) }).toEqual({
      code: 124,
      reasons: ["is queued behind heal (E0, started)", "is queued behind scale (E7, started) and 1 more"],
    });
  });

  it("is said to be queued behind a workflow of the whole server", async () => {
    const snapshot = execution("E9", { workflow_id: "create_snapshot", is_system_workflow: true });
    const manager = wakingUp(execution("E1", { status: "queued" }))
      .list("/executions", [], { query: { deployment_id: "d1" }, times: "any" })
      .on("GET /maintenance", { answer: { status: "deactivated" }, times: "any" })
      .list("/executions", [snapshot], { times: "any" });
    const { stderr } = await wait("E1", manager);
    expect(stderr).toContain("is queued behind create_snapshot of the whole server (E9, started)");
  });

  it("is said to be scheduled, and for when", async () => {
    const waiting = execution("E1", { status: "scheduled", scheduled_for: "2026-01-02T00:00:00.000Z" });
    const { stderr } = await wait("E1", wakingUp(waiting));
    expect(stderr).toContain("install on d1 is scheduled for 2026-01-02T00:00:00.000Z\n");
  });

  it.each([
    ["deactivated", "is pending: no worker has taken it up yet"],
    ["activated", "is pending: the server's maintenance mode is activated"],
  ])("is said to be pending after a while; maintenance mode %s", async (status, words) => {
    const manager = fakeManager()
      .on("GET /executions/E1", { answer: execution("E1", { status: "pending", started_at: null }), times: "any" })
      .on("GET /maintenance", { answer: { status }, times: "any" });
    const { code, stderr } = await wait("E1 --timeout 30s", manager);
    expect({ code, stderr }).toEqual({ code: 124, stderr: expect.stringContaining(words) });
  });

  it("is waited for in silence with -q, and where a machine reads", async () => {
    for (const flags of ["-q", "--json"]) {
      const manager = wakingUp(execution("E1", { status: "queued" })).list("/executions", [execution("E0")], {
        times: "any",
      });
      expect((await wait(`E1 ${flags}`, manager)).stderr).toBe("");
    }
  });
});

describe("executions groups wait", () => {
  it.each([
    [0, true],
    [5, false],
  ])("with a concurrency of %i says that it starts nothing: %j", async (concurrency, isSaid) => {
    const group = { id: "G1", workflow_id: "install", deployment_group_id: "edge", concurrency, status: "started" };
    const manager = fakeManager()
      .on("GET /execution-groups/G1", { answer: group, times: "any" })
      .on("GET /summary/executions", { answer: page([]) });
    const ran = await cfy("executions groups wait G1 --timeout 30", { manager, clock: fastClock() });
    expect([
      ran.code,
      ran.stderr.includes("its concurrency is 0 (cfy executions groups set-concurrency G1 N)"),
    ]).toEqual([124, isSaid]);
  });

  it("shows how many executions of each came out how", async () => {
    const group = { id: "G1", workflow_id: "install", deployment_group_id: "edge", concurrency: 5 };
    const manager = fakeManager()
      .on("GET /execution-groups/G1", { answer: { ...group, status: "started" }, times: 3 })
      .on("GET /execution-groups/G1", { answer: { ...group, status: "failed" }, times: "any" })
      .on("GET /summary/executions", {
        query: { execution_group_id: "G1" },
        answer: page([
          { status: "terminated", executions: 3 },
          { status: "failed", executions: 1 },
        ]),
      });
    const ran = await cfy("executions groups wait G1", { manager, clock: fastClock() });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("3 terminated, 1 failed");
    expect(ran.stderr).toContain("install on group edge (G1) has failed\n");
  });
});
