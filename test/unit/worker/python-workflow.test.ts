import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WorkerHarness } from "./worker-harness.ts";

let harness: WorkerHarness;
beforeEach(async () => {
  harness = await WorkerHarness.make();
});
afterEach(() => harness.remove());

const SAY =
  "from cloudify import ctx\nfrom cloudify.state import ctx_parameters as p\nctx.logger.info('op %s' % ctx.instance.id)\nctx.returns('did it')\n";

async function flow(...lines: string[]): Promise<void> {
  const header = [
    "from cloudify.decorators import workflow",
    "from cloudify.workflows import ctx, parameters, api",
    "from cloudify.workflows.tasks import HandlerResult",
    "from cloudify.workflows.tasks_graph import forkjoin, make_or_get_graph",
    "from cloudify.exceptions import NonRecoverableError, RecoverableError",
    "import time",
    "CREATE = 'cloudify.interfaces.lifecycle.create'",
  ];
  await harness.file("flows.py", [...header, ...lines].join("\n"));
  await harness.file("say.py", SAY);
  const workflow = { plugin: "flows", operation: "flows.flow", parameters: {} };
  const node = { lifecycle: { create: "say.py" } };
  await harness.deployment({ db: node, web: { ...node, target: "db" } }, { flow: workflow });
}

const run = async (parameters = {}, dryRun = false) => {
  harness.startWorker();
  const id = await harness.start("flow", { parameters, dryRun });
  const ended = await harness.ended(id);
  return { id, ...ended, messages: await harness.messages(id) };
};

describe("a workflow in Python", () => {
  it("has parameters, nodes, a logger and events, and calls operations directly", async () => {
    await flow(
      "@workflow",
      "def flow(ctx, word, **kwargs):",
      "    ctx.logger.info('word %s %s' % (word, parameters.word))",
      "    for node in sorted(ctx.nodes, key=lambda n: n.id):",
      "        for instance in node.instances:",
      "            instance.send_event('calling')",
      "            ctx.logger.info(instance.execute_operation(CREATE).get())",
      "            instance.set_state('started').get()",
      "    ctx.send_event('all called')",
      "    print('a print')",
    );
    const { status, error, messages } = await run({ word: "hi" });
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    for (const message of [
      "Starting 'flow' workflow execution",
      "word hi hi",
      "op db_1",
      "op web_1",
      "did it",
      "all called",
      "<out> a print",
    ])
      expect(messages).toContain(message);
    expect(await harness.instance("web_1")).toMatchObject({ state: "started" });
  });

  it("builds graphs of sequences, subgraphs and dependencies, and waits for them", async () => {
    await flow(
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    graph = ctx.graph_mode()",
      "    last = None",
      "    for i in sorted(ctx.node_instances, key=lambda i: i.id):",
      "        sub = graph.subgraph('part_' + i.node_id)",
      "        sub.sequence().add(i.send_event('first'), forkjoin(i.set_state('starting'), i.send_event('beside')), i.execute_operation(CREATE))",
      "        if last is not None:",
      "            graph.add_dependency(sub, last)",
      "        last = sub",
      "    graph.execute()",
      "    ctx.logger.info('executed')",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    const order = [
      "Subgraph started 'part_db'",
      "op db_1",
      "Subgraph succeeded 'part_db'",
      "Subgraph started 'part_web'",
      "op web_1",
      "executed",
    ];
    expect(messages.filter((message) => order.includes(message))).toEqual(order);
  });

  it("asks handlers, runs local tasks and retries them", async () => {
    await flow(
      "calls = []",
      "def shaky():",
      "    calls.append(1)",
      "    if len(calls) < 3:",
      "        raise RecoverableError('shaky %d' % len(calls))",
      "    return len(calls)",
      "def broken():",
      "    raise NonRecoverableError('broken for good')",
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    graph = ctx.graph_mode()",
      "    bad = ctx.local_task(broken)",
      "    def ignore(task):",
      "        ctx.logger.info('ignoring %s: %s' % (task.name, task.error))",
      "        return HandlerResult.ignore()",
      "    bad.on_failure = ignore",
      "    graph.sequence().add(bad, ctx.local_task(shaky, total_retries=5, retry_interval=0))",
      "    graph.execute()",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    for (const message of [
      "ignoring broken: broken for good",
      "Task failed 'shaky' -> shaky 1",
      "Task succeeded 'shaky' - 3 [retry 2/5]",
    ])
      expect(messages).toContain(message);
  });

  it.each([
    ["raise ValueError('odd')", "'flow' workflow execution failed: odd", /ValueError: odd$/],
    ["raise SystemExit(3)", "'flow' workflow execution failed: 3", /SystemExit: 3$/],
    ["import os; os._exit(5)", expect.stringContaining("exit code 5"), /exit code 5/],
    ["ctx.send_event('x'); ctx.graph_mode()", expect.stringContaining("Cannot switch to graph mode"), /RuntimeError/],
  ])("fails with its reason when it does: %s", async (line, event, text) => {
    await flow("@workflow", "def flow(ctx, **kwargs):", `    ${line}`);
    const { status, error, messages } = await run();
    expect(status).toBe("failed");
    expect(error).toMatch(text);
    expect(messages.at(-1)).toEqual(event);
  });

  it("tells handlers of results and of what made a subgraph fail, and keeps results when the graph is done", async () => {
    await flow(
      "def created(task):",
      "    ctx.logger.info('handler has %s' % task.async_result.get())",
      "    return HandlerResult.cont()",
      "def failed(subgraph):",
      "    ctx.logger.info('%s failed by %s' % (subgraph.name, subgraph.failed_task.name))",
      "    return HandlerResult.ignore()",
      "def done(subgraph):",
      "    ctx.logger.info('%s is %s' % (subgraph.name, subgraph.get_state()))",
      "    return HandlerResult.cont()",
      "def broken():",
      "    raise NonRecoverableError('broken')",
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    graph = ctx.graph_mode()",
      "    bad, good = graph.subgraph('bad'), graph.subgraph('good')",
      "    bad.on_failure, good.on_success = failed, done",
      "    bad.add_task(ctx.local_task(broken))",
      "    operation = ctx.get_node_instance('db_1').execute_operation(CREATE)",
      "    operation.on_success = created",
      "    good.add_task(operation)",
      "    subgraphs = [task.name for task in graph.tasks if task.is_subgraph]",
      "    graph.execute()",
      "    ctx.logger.info('%s %s %s' % (sorted(subgraphs), operation.async_result.get(), len(graph.tasks)))",
    );
    const { status, error, messages } = await run();
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    for (const message of [
      "handler has did it",
      "bad failed by broken",
      "good is succeeded",
      "['bad', 'good'] did it 0",
    ])
      expect(messages).toContain(message);
  });

  it("shows operations as blueprints write them, and states as they were read", async () => {
    await flow(
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    web = ctx.get_node_instance('web_1')",
      "    ctx.logger.info('retries %s' % web.node.operations[CREATE]['max_retries'])",
      "    ctx.logger.info([(r.source_id, r.target_id) for r in web.relationships])",
      "    web.set_state('starting').get()",
      "    ctx.logger.info('%s %s' % (web.state, web.get_state().get()))",
    );
    const { status, messages } = await run();
    expect(status).toBe("terminated");
    for (const message of ["retries 0", "[('web_1', 'db_1')]", "uninitialized starting"])
      expect(messages).toContain(message);
  });

  it("stops at a cancel that it notices", async () => {
    await flow(
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    ctx.send_event('looping')",
      "    while not api.has_cancel_request():",
      "        time.sleep(0.02)",
      "    raise api.ExecutionCancelled()",
    );
    harness.startWorker();
    const id = await harness.start("flow");
    await harness.said(id, "looping");
    await harness.act(id, "cancel");
    expect(await harness.ended(id)).toEqual({ status: "cancelled", error: "" });
    await harness.act(id, "resume");
    expect(await harness.ended(id)).toMatchObject({
      status: "failed",
      error: expect.stringContaining("not resumable"),
    });
  });

  it("goes on with its stored graph when it is resumed", async () => {
    await flow(
      "@make_or_get_graph",
      "def build(ctx, flag):",
      "    import os",
      "    graph = ctx.graph_mode()",
      "    sequence = graph.sequence()",
      "    for i in sorted(ctx.node_instances, key=lambda i: i.id):",
      "        sequence.add(i.execute_operation(CREATE))",
      "    return graph",
      "@workflow(resumable=True)",
      "def flow(ctx, flag, **kwargs):",
      "    build(ctx, flag, name='mine').execute()",
    );
    const second =
      "import os\nfrom cloudify import ctx\nctx.logger.info('op %s' % ctx.instance.id)\nfrom cloudify.exceptions import NonRecoverableError\nif ctx.node.id == 'web' and not os.path.exists(ctx.workflow_parameters['flag']):\n    raise NonRecoverableError('flag is missing')\n";
    await harness.file("say.py", second);
    const { id, status } = await run({ flag: `${harness.root}/flag` });
    expect(status).toBe("failed");
    await harness.flag();
    await harness.act(id, "resume");
    expect(await harness.ended(id)).toEqual({ status: "terminated", error: "" });
    expect((await harness.messages(id)).filter((message) => message.startsWith("op "))).toEqual([
      "op db_1",
      "op web_1",
      "op web_1",
    ]);
  });

  it("calls no operation in a dry run", async () => {
    await flow(
      "@workflow",
      "def flow(ctx, **kwargs):",
      "    instance = next(iter(ctx.get_node('db').instances))",
      "    ctx.logger.info('got %r' % instance.execute_operation(CREATE).get())",
      "    instance.set_state('started').get()",
    );
    const { status, error, messages } = await run({}, true);
    expect({ status, error }).toEqual({ status: "terminated", error: "" });
    expect(messages).toContain("Task succeeded 'script_runner.tasks.run' (dry run)");
    expect(messages).toContain("got None");
    expect(messages).not.toContain("op db_1");
    expect(await harness.instance("db_1")).toMatchObject({ state: "uninitialized" });
  });
});
