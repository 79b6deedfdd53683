import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../src/lib/process-alive.ts";
import { WorkerHarness } from "../unit/worker/worker-harness.ts";

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
});
afterEach(() => harness.remove());

const journal = () => join(harness.root, "journal");
const lines = async () => (await readFile(journal(), "utf8")).trim().split("\n");

/** Says when it begins and when it has ended; in between it waits for the flag, if it is the one to wait. */
const STEP = [
  "#!/bin/bash",
  'node="$(ctx node id)"',
  'echo "begins $node" >> "$journal"',
  "echo begun",
  'if [ "$node" = "$slow" ]; then until [ -e "$flag" ]; do sleep 0.02; done; fi',
  'echo "ends $node" >> "$journal"',
].join("\n");

describe("a worker that is killed in the middle of an operation", () => {
  it("is followed by one that takes its execution over, ends what still ran, and repeats nothing that had finished", async () => {
    await harness.file("step.sh", STEP);
    const inputs = { journal: journal(), flag: join(harness.root, "flag"), slow: "web" };
    const node = { lifecycle: { create: "step.sh" }, inputs };
    await harness.deployment({ db: node, web: { ...node, target: "db" } });
    const first = harness.spawnWorker();
    const install = await harness.start("install");
    await harness.saidBy(install, "web_1", "<out> begun");
    first.kill("SIGKILL");
    await once(first, "exit");

    harness.spawnWorker();
    await harness.said(install, "Resuming 'install' workflow execution");
    await harness.flag();
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    expect(await lines()).toEqual(["begins db", "ends db", "begins web", "begins web", "ends web"]);
  });

  it("has its processes ended by the next one when the execution is killed meanwhile", async () => {
    await harness.file(
      "stay.sh",
      '#!/bin/bash\necho $$ > "$journal"\necho begun\nwhile :; do sleep 1; done 2>/dev/null\n',
    );
    await harness.deployment({ job: { lifecycle: { create: "stay.sh" }, inputs: { journal: journal() } } });
    const first = harness.spawnWorker();
    const install = await harness.start("install");
    await harness.said(install, "<out> begun");
    first.kill("SIGKILL");
    await once(first, "exit");
    await harness.act(install, "kill");
    harness.spawnWorker();
    expect(await harness.ended(install)).toEqual({ status: "cancelled", error: "" });
    const [pid] = await lines();
    expect(isAlive(Number(pid))).toBe(false);
  });

  it("loses no step of a Python workflow with a stored graph", async () => {
    await harness.file("step.sh", STEP);
    const build = [
      "from cloudify.decorators import workflow",
      "from cloudify.workflows.tasks_graph import make_or_get_graph",
      "@make_or_get_graph",
      "def build(ctx):",
      "    graph = ctx.graph_mode()",
      "    sequence = graph.sequence()",
      "    for node in ('db', 'web'):",
      "        for instance in ctx.get_node(node).instances:",
      "            sequence.add(instance.execute_operation('cloudify.interfaces.lifecycle.create'))",
      "    return graph",
      "@workflow(resumable=True)",
      "def flow(ctx, **kwargs):",
      "    build(ctx, name='steps').execute()",
    ];
    await harness.file("flows.py", build.join("\n"));
    const inputs = { journal: journal(), flag: join(harness.root, "flag"), slow: "web" };
    const node = { lifecycle: { create: "step.sh" }, inputs };
    await harness.deployment(
      { db: node, web: node },
      { flow: { plugin: "flows", operation: "flows.flow", parameters: {} } },
    );
    const first = harness.spawnWorker();
    const flow = await harness.start("flow");
    await harness.saidBy(flow, "web_1", "<out> begun");
    first.kill("SIGKILL");
    await once(first, "exit");

    harness.spawnWorker();
    await harness.said(flow, "Resuming 'flow' workflow execution");
    await harness.flag();
    expect(await harness.ended(flow)).toEqual({ status: "terminated", error: "" });
    expect(await lines()).toEqual(["begins db", "ends db", "begins web", "begins web", "ends web"]);
  });
});

describe("an install whose worker is killed again and again", () => {
  it("comes to its end with every step done, in order", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    await harness.file(
      "step.sh",
      '#!/bin/bash\nset -e\nnode="$(ctx node id)"\nsleep 0.05\necho "ends $node" >> "$journal"\n',
    );
    const node = { lifecycle: { create: "step.sh" }, inputs: { journal: journal() } };
    await harness.deployment(
      Object.fromEntries(
        names.map((name, index) => [name, { ...node, target: index > 0 ? `n${index - 1}` : undefined }]),
      ),
    );
    const install = await harness.start("install");
    for (const reached of ["n2_1", "n5_1", "n8_1"]) {
      const worker = harness.spawnWorker();
      await harness.saidBy(install, reached, "Process created");
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
    harness.spawnWorker();
    expect(await harness.ended(install)).toEqual({ status: "terminated", error: "" });
    // A script that was cut off before its worker heard of its end runs again: at least once, and never out of order.
    expect([...new Set(await lines())]).toEqual(names.map((name) => `ends ${name}`));
  });
});
