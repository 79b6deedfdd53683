import { once } from "node:events";
import { rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../../src/lib/process-alive.ts";
import { WorkerHarness } from "./worker-harness.ts";

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
});
afterEach(() => harness.remove());

const WAIT = ["#!/bin/bash", "echo waiting", 'until [ -e "$flag" ]; do sleep 0.02; done', "echo finished waiting"].join(
  "\n",
);

describe("a worker", () => {
  it("installs and uninstalls, dependants after what they depend on", async () => {
    await harness.file(
      "say.sh",
      '#!/bin/bash\nctx logger info "$(ctx node id) $(ctx operation name)"\nctx instance runtime-properties made yes\n',
    );
    await harness.deployment({
      db: { lifecycle: { create: "say.sh" } },
      web: { lifecycle: { create: "say.sh" }, target: "db" },
    });
    harness.startWorker();
    const install = await harness.start("install");
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(install)).filter((message) => / cloudify\.interfaces/.test(message))).toEqual([
      "db cloudify.interfaces.lifecycle.create",
      "web cloudify.interfaces.lifecycle.create",
    ]);
    expect(await harness.instance("web_1")).toEqual({ state: "started", runtime_properties: { made: "yes" } });
    const uninstall = await harness.start("uninstall");
    expect(await harness.ended(uninstall)).toEqual({ status: "terminated", error: "" });
    expect(await harness.instance("db_1")).toMatchObject({ state: "deleted" });
  });

  it("retries a failing operation, then fails the execution with its reason", async () => {
    await harness.file("fail.sh", "#!/bin/bash\necho no luck >&2\nexit 7\n");
    await harness.deployment({ job: { lifecycle: { create: "fail.sh" }, maxRetries: 1 } });
    harness.startWorker();
    const install = await harness.start("install");
    expect(await harness.ended(install)).toEqual({
      status: "failed",
      error: expect.stringMatching(
        /^Task failed: script_runner.tasks.run \(job_1:cloudify.interfaces.lifecycle.create\): ProcessException `command: .* exit_code: 7, stderr: no luck/,
      ),
    });
    expect((await harness.messages(install)).filter((message) => message.startsWith("Sending"))).toEqual([
      "Sending task 'script_runner.tasks.run'",
      "Sending task 'script_runner.tasks.run' [retry 1/1]",
    ]);
  });

  it("runs nothing in a dry run", async () => {
    await harness.file("fail.sh", "#!/bin/bash\nexit 7\n");
    await harness.deployment({ job: { lifecycle: { create: "fail.sh" } } });
    harness.startWorker();
    const install = await harness.start("install", { dryRun: true });
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect(await harness.messages(install)).toContain("Task succeeded 'script_runner.tasks.run' (dry run)");
    expect(await harness.instance("job_1")).toMatchObject({ state: "uninitialized" });
  });

  it("leaves a running operation alone when cancelled, and takes its answer when resumed", async () => {
    await harness.file("wait.sh", WAIT);
    const flag = `${harness.root}/flag`;
    await harness.deployment({ job: { lifecycle: { create: "wait.sh" }, inputs: { flag } } });
    harness.startWorker();
    const install = await harness.start("install");
    await harness.said(install, "<out> waiting");
    await harness.act(install, "cancel");
    expect(await harness.ended(install)).toEqual({ status: "cancelled", error: "" });
    await harness.act(install, "resume");
    await harness.said(install, "Resuming");
    await harness.flag();
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(install)).filter((message) => message.includes("<out> waiting"))).toHaveLength(1);
  });

  it("ends a killed execution's processes, and runs the operation again when it is resumed", async () => {
    await harness.file("wait.sh", WAIT);
    await harness.deployment({ job: { lifecycle: { create: "wait.sh" }, inputs: { flag: `${harness.root}/flag` } } });
    harness.startWorker();
    const install = await harness.start("install");
    await harness.said(install, "<out> waiting");
    await harness.act(install, "kill");
    expect(await harness.ended(install)).toEqual({ status: "cancelled", error: "" });
    expect(await harness.messages(install)).not.toContain("'install' workflow execution cancelled");
    await harness.flag();
    await harness.act(install, "force-resume");
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(install)).filter((message) => message.includes("<out> waiting"))).toHaveLength(2);
  });

  it("hears a kill that comes while the execution ends", async () => {
    await harness.file("wait.sh", `#!/bin/bash\necho "process $$"\n${WAIT}`);
    await harness.deployment({ job: { lifecycle: { create: "wait.sh" }, inputs: { flag: `${harness.root}/flag` } } });
    harness.startWorker();
    const install = await harness.start("install");
    await harness.said(install, "<out> waiting");
    const told = (await harness.messages(install)).find((message) => message.startsWith("<out> process"));
    harness.sql(`create trigger kill after insert on events when new.event_type = 'workflow_cancelled' begin
      update executions set status = 'kill_cancelling' where id = new.execution_id; end`);
    await harness.act(install, "force-cancel");
    expect(await harness.ended(install)).toEqual({ status: "cancelled", error: "" });
    expect(isAlive(Number(told?.split(" ").at(-1)))).toBe(false);
  });

  it("takes an execution up again whose end could not be stored", async () => {
    await harness.file("say.sh", "#!/bin/bash\necho said\n");
    await harness.deployment({ job: { lifecycle: { create: "say.sh" } } });
    harness.sql(`create trigger full before update of status on executions when new.status = 'terminated' begin
      select raise(abort, 'the disk is full'); end`);
    harness.startWorker();
    const install = await harness.start("install");
    await harness.said(install, "Resuming 'install' workflow execution");
    harness.sql("drop trigger full");
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(install)).filter((message) => message === "<out> said")).toHaveLength(1);
  });

  it("ends with all that it runs when its home is removed", async () => {
    await harness.file("sleep.sh", '#!/bin/bash\necho "process $$"\nexec sleep 600\n');
    await harness.deployment({ job: { lifecycle: { create: "sleep.sh" } } });
    const worker = harness.spawnWorker();
    const ended = once(worker, "exit");
    const install = await harness.start("install");
    await harness.said(install, "<out> process");
    const told = (await harness.messages(install)).find((message) => message.startsWith("<out> process"));
    await rm(harness.root, { recursive: true, force: true, maxRetries: 10 });
    await ended;
    expect(isAlive(Number(told?.split(" ").at(-1)))).toBe(false);
  });
});
