import type { JsonObject } from "../../../src/api/resources.ts";
import {
  advance,
  type Command,
  createGraph,
  type DeploymentView,
  type GraphOptions,
  type GraphOutcome,
  type GraphState,
  type OperationCall,
  type Program,
  type ProgramContext,
  type Request,
  type Task,
  type TaskOutcome,
  type WorkflowEvent,
  WorkflowFailure,
} from "../../../src/workflow/index.ts";

export const counter = (prefix = "t") => {
  let last = 0;
  return () => `${prefix}${++last}`;
};

export const succeeded: TaskOutcome = { succeeded: true, result: null };

export const failed = (message = "no", kind: "recoverable" | "non-recoverable" | "reschedule" = "recoverable") =>
  ({
    succeeded: false,
    failure: { type: "ProcessException", message, traceback: null, kind, retryAfter: null, causes: [] },
  }) satisfies TaskOutcome;

export const anOperationCall = (change: Partial<OperationCall> = {}): OperationCall => ({
  operation: "cloudify.interfaces.lifecycle.create",
  task: "script_runner.tasks.run",
  plugin: "script",
  executor: "central_deployment_agent",
  nodeInstanceId: "web_1",
  nodeId: "web",
  hostId: null,
  related: null,
  kwargs: {},
  hasIntrinsicFunctions: false,
  timeout: null,
  timeoutRecoverable: null,
  ...change,
});

/** What a worker would have done, in order, in words. */
export interface Run {
  /** Tasks of stored graphs, in the states that were stored. */
  graphs: Map<string, Task[]>;
  failure: WorkflowFailure | null;
  told: string[];
  events: WorkflowEvent[];
  requests: Request[];
}

/** Runs one graph: every operation ends at once as `outcomeOf` says; time passes only when it must. */
function runGraph(
  tasks: readonly Task[],
  options: GraphOptions,
  perform: (command: Command) => void = () => undefined,
  outcomeOf: (task: Task) => TaskOutcome = () => succeeded,
): GraphOutcome {
  let graph: GraphState = createGraph(tasks, options);
  let now = 0;
  const queue: Command[] = [];
  const step = (happening: Parameters<typeof advance>[1]) => {
    const turn = advance(graph, happening);
    graph = turn.graph;
    for (const command of turn.commands) {
      perform(command);
      queue.push(command);
    }
  };
  step({ kind: "started", now });
  while (!graph.outcome) {
    const command = queue.shift();
    if (!command) throw new Error("The graph waits for nothing, yet has not ended");
    if (command.kind === "run") {
      step({ kind: "task-ended", now, taskId: command.task.id, outcome: outcomeOf(command.task) });
    } else if (command.kind === "wake" && queue.every(({ kind }) => kind !== "run")) {
      now = Math.max(now, command.at);
      step({ kind: "time", now });
    }
  }
  return graph.outcome;
}

/** Runs a program to its end on a deployment that it changes as a worker would. */
export function runProgram(
  workflow: (context: ProgramContext) => Program,
  view: DeploymentView,
  parameters: JsonObject,
  settings: Partial<ProgramContext> & {
    outcomeOf?: (task: Task) => TaskOutcome;
    answer?: (request: Request, view: DeploymentView) => unknown;
  } = {},
): Run {
  const newId = counter();
  const run: Run = { graphs: new Map(), told: [], events: [], requests: [], failure: null };
  const rows = new Map<string, Task>();
  const context: ProgramContext = {
    deployment: view,
    executionId: "E1",
    parameters,
    dryRun: false,
    resume: false,
    storedGraphs: new Map(),
    builder: { newId, dryRun: settings.dryRun ?? false },
    configuration: { taskRetries: 60, taskRetryInterval: 15, subgraphRetries: 0 },
    ...settings,
  };
  const perform = (command: Command) => {
    if (command.kind === "store") {
      const row = rows.get(command.taskId);
      if (row) row.state = command.state;
    }
    if (command.kind === "insert") rows.set(command.task.id, { ...command.task });
    if (command.kind === "event") {
      run.told.push(command.event.message);
      run.events.push(command.event);
    }
    if (command.kind === "log") run.told.push(command.message);
    if (command.kind !== "set-node-instance-state" && command.kind !== "record-check") return;
    const instance = view.instances.find(({ id }) => id === command.nodeInstanceId);
    if (command.kind === "set-node-instance-state" && instance) instance.state = command.state;
    if (command.kind === "record-check" && instance) instance.systemProperties[command.check] = command.entry;
  };
  const program = workflow(context);
  let answered: unknown;
  for (;;) {
    const request = ask(program, answered, run);
    if (!request) return run;
    let answer: unknown;
    if (request.kind === "run-graph") {
      const tasks = buildOrThrow(request.build, program, run);
      if (!tasks) return run;
      if (request.stored) run.graphs.set(request.name, tasks);
      for (const task of tasks) rows.set(task.id, task);
      const { name, stored, rebuild } = request;
      answer = runGraph(tasks, { name, stored, newId, dryRun: context.dryRun, rebuild }, perform, settings.outcomeOf);
    } else if (request.kind === "update-system-properties") {
      const instance = view.instances.find(({ id }) => id === request.nodeInstanceId);
      Object.assign(instance?.systemProperties ?? {}, request.properties);
    } else if (request.kind === "read-deployment") {
      answer = structuredClone(view);
    } else if (request.kind === "log") {
      run.told.push(request.message);
    } else {
      answer = settings.answer?.(request, view);
    }
    answered = answer;
  }
}

function ask(program: Program, answer: unknown, run: Run): Request | null {
  try {
    const step = program.next(answer);
    if (step.done) return null;
    run.requests.push(step.value);
    return step.value;
  } catch (error) {
    if (!(error instanceof WorkflowFailure)) throw error;
    run.failure = error;
    return null;
  }
}

/** A graph that cannot be built is thrown into the program that wants it. */
function buildOrThrow(build: () => Task[], program: Program, run: Run): Task[] | null {
  try {
    return build();
  } catch (error) {
    ask({ next: () => program.throw(error) } as unknown as Program, undefined, run);
    return null;
  }
}
