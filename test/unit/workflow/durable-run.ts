import {
  advance,
  type Command,
  createGraph,
  fromStoredOperation,
  type GraphOptions,
  type GraphState,
  isEnded,
  restoreGraph,
  type StoredOperation,
  type Task,
  type TaskOutcome,
  toStoredOperation,
} from "../../../src/workflow/index.ts";
import { counter } from "./simulated-worker.ts";

export interface DurableRun {
  status: string;
  /** The rows at the end, by id. */
  rows: Map<string, Task>;
  /** How often each row was handed out as new work. */
  handedOut: Map<string, number>;
  turns: number;
}

export interface Circumstances {
  outcomeOf: (task: Task) => TaskOutcome;
  /** Which of the running tasks ends next. */
  choose: (running: number) => number;
  /** What happens after so many turns: the worker is killed, or the execution is cancelled and resumed. */
  interruptions?: Map<number, "crash" | "cancel">;
  concurrency?: number;
  /** What takes the place of a failed subgraph. */
  rebuild?: (subgraph: Task, newId: () => string) => Task[];
}

/**
 * Runs a graph on rows that survive: each turn's commands are applied as one transaction, an interruption forgets
 * everything else, and the graph goes on from the rows. Operations that ran meanwhile keep their answers.
 */
export function runDurably(tasks: readonly Task[], circumstances: Circumstances): DurableRun {
  const newId = counter("retry");
  const options: GraphOptions = {
    name: "g",
    stored: true,
    newId,
    waitAfterFail: 1e9,
    rebuild: (subgraph) => circumstances.rebuild?.(subgraph, newId) ?? [],
    concurrency: circumstances.concurrency ?? Number.POSITIVE_INFINITY,
  };
  const rows = new Map<string, StoredOperation>(tasks.map((task) => [task.id, toStoredOperation(task)]));
  const load = () => [...rows.values()].map((row) => fromStoredOperation(structuredClone(row)));
  const handedOut = new Map<string, number>();
  let graph: GraphState = createGraph(load(), options);
  let running: Task[] = [];
  let asked: Task[] = [];
  let now = 0;
  let wake = 0;
  let turns = 0;

  const turn = (happening: Parameters<typeof advance>[1]) => {
    const result = advance(graph, happening);
    graph = result.graph;
    for (const command of result.commands) apply(command);
    const interruption = circumstances.interruptions?.get(++turns);
    if (!interruption || graph.outcome) return;
    if (interruption === "cancel") for (const c of advance(graph, { kind: "cancelled", now }).commands) apply(c);
    running = [];
    asked = [];
    graph = restoreGraph(load(), options);
    turn({ kind: "started", now });
  };

  const apply = (command: Command) => {
    if (command.kind === "store") {
      const row = rows.get(command.taskId);
      if (!row) throw new Error(`store of ${command.taskId}, which has no row`);
      if (isEnded(row.state)) throw new Error(`${row.id} had ended`);
      row.state = command.state;
      row.parameters.error = command.failure as never;
    } else if (command.kind === "insert") {
      rows.set(command.task.id, toStoredOperation(command.task));
    } else if (command.kind === "wake") {
      wake = command.at;
    } else if (command.kind === "run") {
      checkMayRun(command.task, load());
      if (!command.resume) handedOut.set(command.task.id, (handedOut.get(command.task.id) ?? 0) + 1);
      running.push(command.task);
    } else if (command.kind === "consult") {
      asked.push(command.task);
    }
  };

  turn({ kind: "started", now });
  while (!graph.outcome) {
    if (turns > 10_000) throw new Error("The graph does not end");
    const question = asked.shift();
    if (question) {
      const action = isForgiven(question) ? "ignore" : "fail";
      turn({ kind: "verdict", now, taskId: question.id, verdict: { action } });
      continue;
    }
    const task = running.splice(circumstances.choose(running.length), 1)[0];
    if (task) {
      turn({ kind: "task-ended", now, taskId: task.id, outcome: circumstances.outcomeOf(task) });
    } else {
      now = Math.max(now, wake);
      turn({ kind: "time", now });
    }
  }
  return { status: graph.outcome.status, rows: new Map(load().map((row) => [row.id, row])), handedOut, turns };
}

/** Whether its failure does not matter; an author's handler forgives those whose names end in an even number. */
const isForgiven = ({ onFailure, work }: Task): boolean =>
  onFailure === "ignore" ||
  onFailure === "skip" ||
  (onFailure === "consult" && work.type === "RemoteWorkflowTask" && /[02468]$/.test(work.call.operation));

/** All that a task waits for has come true, in its last attempt. */
function checkMayRun(task: Task, rows: Task[]): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const next = new Map(rows.map((row) => [row.retriedTask, row]));
  const isDone = (id: string): boolean => {
    const row = byId.get(id);
    const later = next.get(id);
    if (later) return isDone(later.id);
    if (!row) return false;
    if (row.work.type === "NOPLocalWorkflowTask")
      return row.dependencies.every((one) => one === row.subgraph || isDone(one));
    return row.state === "succeeded" || (row.state === "failed" && isForgiven(row));
  };
  for (const id of task.dependencies) {
    const isHolder = id === task.subgraph;
    const holds = isHolder ? byId.get(id)?.state === "started" : isDone(id);
    if (!holds) throw new Error(`${task.id} runs before ${id}`);
  }
}
