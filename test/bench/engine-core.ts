/** Time and memory of the engine alone, per node instance: `npm run bench -- engine-core`. */
import {
  advance,
  BUILT_IN_WORKFLOWS,
  type Command,
  createGraph,
  type DeploymentView,
  type GraphState,
  type NodeView,
  type Task,
} from "../../src/workflow/index.ts";

const SIZES = [100, 1_000, 10_000];
const OPERATION = {
  operation: "script_runner.tasks.run",
  plugin: "script",
  executor: "central_deployment_agent",
  inputs: {},
  hasIntrinsicFunctions: false,
  maxRetries: 0,
  retryInterval: null,
  timeout: null,
  timeoutRecoverable: null,
};

/** Instances in chains of ten, each waiting for the one before. */
function deployment(size: number, operations: string[]): DeploymentView {
  const nodes: NodeView[] = Array.from({ length: size }, (_, at) => ({
    id: `n${at}`,
    type: "cloudify.nodes.Root",
    typeHierarchy: ["cloudify.nodes.Root"],
    hostId: null,
    properties: {},
    operations: Object.fromEntries(operations.map((name) => [`cloudify.interfaces.lifecycle.${name}`, OPERATION])),
    relationships: at % 10 === 0 ? [] : [dependsOn(`n${at - 1}`)],
    numberOfInstances: 1,
    plannedNumberOfInstances: 1,
  }));
  const instances = nodes.map((node, at) => ({
    id: `${node.id}_i`,
    nodeId: node.id,
    hostId: null,
    index: 1,
    state: "uninitialized" as const,
    runtimeProperties: {},
    systemProperties: {},
    relationships:
      at % 10 === 0
        ? []
        : [{ targetId: `n${at - 1}_i`, targetNodeId: `n${at - 1}`, type: "cloudify.relationships.depends_on" }],
    scalingGroups: [],
  }));
  return { id: "d", nodes, instances, scalingGroups: {} };
}

const dependsOn = (targetId: string) => ({
  targetId,
  type: "cloudify.relationships.depends_on",
  typeHierarchy: ["cloudify.relationships.depends_on"],
  properties: {},
  sourceOperations: {},
  targetOperations: {},
});

let lastId = 0;
const newId = () => `task-${++lastId}`;

function tasksOf(view: DeploymentView): Task[] {
  const program = BUILT_IN_WORKFLOWS["cloudify.plugins.workflows.install"]?.({
    deployment: view,
    executionId: "e",
    parameters: {},
    dryRun: false,
    resume: false,
    storedGraphs: new Map(),
    builder: { newId },
    configuration: { taskRetries: 60, taskRetryInterval: 15, subgraphRetries: 0 },
  });
  const step = program?.next();
  return step && !step.done && step.value.kind === "run-graph" ? step.value.build() : [];
}

function run(tasks: Task[]): { turns: number; commands: number; slowestTurn: number } {
  let graph: GraphState = createGraph(tasks, { name: "install", stored: true, newId, concurrency: 20 });
  const running: Task[] = [];
  let turns = 0;
  let commands = 0;
  let slowestTurn = 0;
  const step = (happening: Parameters<typeof advance>[1]) => {
    const start = performance.now();
    const turn = advance(graph, happening);
    slowestTurn = Math.max(slowestTurn, performance.now() - start);
    graph = turn.graph;
    turns += 1;
    commands += turn.commands.length;
    for (const command of turn.commands as Command[]) if (command.kind === "run") running.push(command.task);
  };
  step({ kind: "started", now: 0 });
  while (!graph.outcome) {
    const task = running.shift();
    if (task) step({ kind: "task-ended", now: 0, taskId: task.id, outcome: { succeeded: true, result: null } });
    else step({ kind: "time", now: 0 });
  }
  return { turns, commands, slowestTurn };
}

const milliseconds = (since: number) => performance.now() - since;

export function measureEngineCore(): void {
  for (const operations of [[], ["create", "start"]]) {
    console.log(`install, ${operations.length} operations per instance`);
    run(tasksOf(deployment(1000, operations)));
    for (const size of SIZES) {
      const view = deployment(size, operations);
      const before = performance.now();
      const tasks = tasksOf(view);
      const built = milliseconds(before);
      const start = performance.now();
      const { turns, commands, slowestTurn } = run(tasks);
      const ran = milliseconds(start);
      const each = (time: number) => `${((1000 * time) / size).toFixed(1)} µs`;
      console.log(
        [
          `${String(size).padStart(6)} instances`,
          `${tasks.length} tasks`,
          `build ${each(built)} each`,
          `run ${each(ran)} each`,
          `${turns} turns`,
          `${commands} commands`,
          `slowest turn ${slowestTurn.toFixed(1)} ms`,
          `heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
        ].join("  "),
      );
    }
  }
}
