import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorkerHarness } from "./worker-harness.ts";

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
});
afterEach(() => harness.remove());

const HEADER = [
  "from cloudify.decorators import workflow",
  "from cloudify.exceptions import WorkflowFailed",
  "from cloudify.plugins import lifecycle, workflows",
  "from cloudify.workflows import api",
  "def of(ctx, *nodes):",
  "    return [i for i in ctx.node_instances if i.node_id in nodes]",
  "def states(ctx):",
  "    return ' '.join(sorted('%s=%s' % (i.node_id, i.state) for i in ctx.node_instances))",
  "@workflow(resumable=True)",
  "def flow(ctx, **kwargs):",
];

/** A workflow over `web`, which depends on `db`; each says when it is created and deleted. */
async function flow(...lines: string[]): Promise<void> {
  await harness.file("flows.py", [...HEADER, ...lines.map((line) => `    ${line}`)].join("\n"));
  for (const step of ["create", "delete"])
    await harness.file(`${step}.sh`, `ctx logger info "${step} $(ctx instance id)"\n`);
  await harness.file("fail.sh", `[ -e ${harness.root}/flag ]\n`);
  const node = { lifecycle: { create: "create.sh", delete: "delete.sh", heal: "create.sh", update: "create.sh" } };
  const workflow = { plugin: "flows", operation: "flows.flow", parameters: {} };
  await harness.deployment(
    { db: node, web: { ...node, target: "db" }, frail: { lifecycle: { create: "fail.sh", heal: "fail.sh" } } },
    { flow: workflow },
  );
}

const run = async (options = {}) => {
  harness.startWorker();
  const id = await harness.start("flow", options);
  const { status, error } = await harness.ended(id);
  return { id, status, error, messages: await harness.messages(id) };
};

const lifecycleOf = (messages: string[]) => messages.filter((message) => /^(create|delete) \w+_1$/.test(message));

describe("cloudify.plugins.lifecycle", () => {
  it("installs chosen instances in their order, and again after an uninstall", async () => {
    await flow(
      "graph = ctx.graph_mode()",
      "lifecycle.install_node_instances(graph, of(ctx, 'db', 'web'))",
      "ctx.logger.info(states(ctx))",
      "lifecycle.uninstall_node_instances(graph, of(ctx, 'web'), False, related_nodes=of(ctx, 'db'))",
      "ctx.logger.info(states(ctx))",
      "lifecycle.install_node_instances(graph, of(ctx, 'web'))",
      "lifecycle.reinstall_node_instances(graph, of(ctx, 'db'))",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    expect(lifecycleOf(messages)).toEqual([
      "create db_1",
      "create web_1",
      "delete web_1",
      "create web_1",
      "delete db_1",
      "create db_1",
    ]);
    expect(messages).toContain("db=started frail=uninitialized web=started");
    expect(messages).toContain("db=started frail=uninitialized web=deleted");
  });

  it("fails as a graph fails, and goes on where it stopped when it is resumed", async () => {
    await flow(
      "lifecycle.install_node_instances(ctx.graph_mode(), of(ctx, 'db', 'frail'))",
      "ctx.logger.info('through')",
    );
    const { id, status, error, messages } = await run();
    expect(status).toBe("failed");
    expect(error).toContain("script_runner.tasks.run");
    expect(messages).not.toContain("through");
    await harness.flag();
    await harness.act(id, "force-resume");
    expect(await harness.ended(id)).toMatchObject({ status: "terminated" });
    expect(lifecycleOf(await harness.messages(id))).toEqual(["create db_1"]);
  });

  it("adds an instance's tasks to a graph of one's own, with handlers on them", async () => {
    await flow(
      "graph = ctx.graph_mode()",
      "db, web = [lifecycle.install_node_instance_subgraph(i, graph) for n in ('db', 'web') for i in of(ctx, n)]",
      "frail = lifecycle.install_node_instance_subgraph(of(ctx, 'frail')[0], graph)",
      "lifecycle.ignore_subgraph_on_task_failure(frail)",
      "graph.add_dependency(db, web)",
      "graph.execute()",
      "ctx.refresh_node_instances()",
      "ctx.logger.info(states(ctx))",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    expect(lifecycleOf(messages)).toEqual(["create web_1", "create db_1"]);
    expect(messages).toContain("db=started frail=started web=started");
  });

  it("heals chosen instances, and notes which could not be", async () => {
    await flow("lifecycle.heal_node_instances(ctx.graph_mode(), of(ctx, 'db', 'frail'))");
    const { id, status, messages } = await run();
    expect(status).toBe("terminated");
    expect(messages).toContain("Subgraph failed 'heal_frail_1'");
    expect(await harness.systemProperties("db_1")).toMatchObject({ status: { ok: true, healed: true } });
    expect(await harness.systemProperties("frail_1")).toEqual({ heal_failed: id });
  });

  it("updates what has drifted", async () => {
    await flow("lifecycle.update_node_instances(ctx.graph_mode(), of(ctx, 'db', 'frail'))");
    await harness.drifted("db_1");
    const { status, messages } = await run();
    expect(status).toBe("terminated");
    expect(messages.filter((message) => message.startsWith("Subgraph"))).toEqual([
      "Subgraph started 'update_db_1'",
      "Subgraph succeeded 'update_db_1'",
    ]);
    expect(await harness.systemProperties("db_1")).toEqual({});
  });

  it("calls nothing in a dry run", async () => {
    await flow("lifecycle.install_node_instances(ctx.graph_mode(), of(ctx, 'db'))");
    const { status, messages } = await run({ dryRun: true });
    expect(status).toBe("terminated");
    expect(messages).toContain("Task succeeded 'script_runner.tasks.run' (dry run)");
    expect(lifecycleOf(messages)).toEqual([]);
    expect(await harness.instance("db_1")).toMatchObject({ state: "uninitialized" });
  });
});

describe("cloudify.plugins.workflows", () => {
  it("runs a built-in workflow as a part of one's own, which may catch its failure", async () => {
    await flow(
      "workflows.install(ctx, node_ids=['db', 'web'])",
      "try:",
      "    workflows.install(ctx, node_ids=['frail'])",
      "except WorkflowFailed:",
      "    ctx.logger.info('caught')",
      "workflows.execute_operation(ctx, 'cloudify.interfaces.lifecycle.delete', node_instance_ids=['web_1'])",
      "try:",
      "    workflows.scale_entity(ctx, 'nothing')",
      "except ValueError as error:",
      "    ctx.logger.info(str(error))",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    expect(messages).toContain("caught");
    expect(lifecycleOf(messages)).toEqual(["create db_1", "create web_1", "delete web_1"]);
    expect(messages.some((message) => message.includes("No scalable entity"))).toBe(true);
  });
});

describe("ctx.deployment", () => {
  it("adds instances by a modification, which are installed and stay when it is finished", async () => {
    await flow(
      "modification = ctx.deployment.start_modification({'frail': {'instances': 2}})",
      "added = [i for i in modification.added.node_instances if i.modification == 'added']",
      "ctx.logger.info('%d added, %d started' % (len(added), len(ctx.deployment.list_started_modifications())))",
      "lifecycle.install_node_instances(ctx.graph_mode(), added)",
      "modification.finish()",
      "ctx.refresh_node_instances()",
      "ctx.logger.info(states(ctx))",
    );
    await harness.flag();
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    expect(messages).toContain("1 added, 1 started");
    expect(messages).toContain("db=uninitialized frail=started frail=uninitialized web=uninitialized");
  });
});
