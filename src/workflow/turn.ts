/** What one `advance` works on: the graph, the time, and the commands so far. */
import type { TaskState } from "../api/statuses.ts";
import type { Command, GraphOutcome } from "./command.ts";
import type { GraphError, TaskFailure } from "./failure.ts";
import { addTasks, type Entry, entryOf, type LiveGraph } from "./graph-state.ts";
import type { TaskOutcome } from "./happening.ts";
import { instanceOf, isEnded, isForgiving, operationOf, ownerOf } from "./task.ts";
import { taskEvent } from "./task-events.ts";

export interface Turn {
  live: LiveGraph;
  now: number;
  commands: Command[];
}

/** Tells and stores a task's new state, in this order: who follows events sees them before the state. */
export function changeState(turn: Turn, entry: Entry, state: TaskState, outcome?: TaskOutcome): void {
  const { live } = turn;
  tell(turn, entry, state, outcome);
  entry.task.state = state;
  entry.task.failure = outcome && !outcome.succeeded ? outcome.failure : null;
  if (isEnded(state) && entry.task.work.type !== "NOPLocalWorkflowTask") live.finished += 1;
  store(turn, entry, state, entry.task.failure);
}

/** Only tells. */
export function tell({ live, commands }: Turn, { task }: Entry, state: TaskState, outcome?: TaskOutcome): void {
  const event = taskEvent(live, task, state, outcome);
  if (event) commands.push({ kind: "event", event });
}

function store(turn: Turn, { task }: Entry, state: TaskState, failure: TaskFailure | null): void {
  if (turn.live.options.stored) turn.commands.push({ kind: "store", taskId: task.id, state, failure, task });
}

/** A task is done for good: those who waited for it may start, and its subgraph may be complete. */
export function complete(turn: Turn, entry: Entry, outcome: TaskOutcome = { succeeded: true, result: null }): void {
  const { live } = turn;
  if (entry.dropped) return;
  entry.over = true;
  live.remaining -= 1;
  settle(turn, entry, outcome);
  for (const id of entry.dependents) release(live, id);
  if (entry.task.subgraph) childDone(turn, entryOf(live, entry.task.subgraph));
}

/** One thing less to wait for. */
export function release(live: LiveGraph, id: string): void {
  const entry = entryOf(live, id);
  entry.waitingFor -= 1;
  if (entry.waitingFor === 0 && !entry.dropped) live.ready.push(id);
}

function childDone(turn: Turn, subgraph: Entry): void {
  subgraph.openChildren -= 1;
  if (subgraph.openChildren > 0 || subgraph.task.state !== "started") return;
  succeed(turn, subgraph);
}

/** A subgraph has done all that it holds. */
export function succeed(turn: Turn, subgraph: Entry): void {
  changeState(turn, subgraph, "succeeded");
  if (subgraph.task.onSuccess === "consult") consult(turn, subgraph, { succeeded: true, result: null });
  else complete(turn, subgraph);
}

/** A task failed for good. In a subgraph it fails that; at the top it fails the graph, and what waits for it never runs. */
export function fail(turn: Turn, entry: Entry, outcome: TaskOutcome): void {
  const { live } = turn;
  if (entry.dropped) return;
  entry.over = true;
  live.remaining -= 1;
  settle(turn, entry, outcome);
  const error = errorOf(entry, outcome);
  if (entry.task.subgraph) {
    failSubgraph(turn, entryOf(live, entry.task.subgraph), error);
  } else if (!live.options.open) {
    live.errors.push(error);
    live.deadline ??= turn.now + live.options.waitAfterFail * 1000;
  }
}

function failSubgraph(turn: Turn, subgraph: Entry, error: GraphError): void {
  subgraph.childError ??= error;
  dropChildren(turn.live, subgraph);
  const outcome: TaskOutcome = { succeeded: false, failure: null };
  changeState(turn, subgraph, "failed", outcome);
  if (rebuild(turn, subgraph)) return;
  const { onFailure } = subgraph.task;
  if (onFailure === "consult") consult(turn, subgraph, outcome);
  else if (isForgiving(onFailure)) forgive(turn, subgraph, outcome);
  else fail(turn, subgraph, outcome);
}

/** Leaves the decision to the author's handler. */
export function consult({ live, commands }: Turn, entry: Entry, outcome: TaskOutcome): void {
  entry.consulted = outcome;
  live.consulting += 1;
  commands.push({ kind: "consult", task: entry.task, outcome, failedTask: entry.childError?.taskId ?? null });
}

/** A failure does not matter: who waited for a part of a failed subgraph waits no longer either. */
export function forgive(turn: Turn, entry: Entry, outcome: TaskOutcome): void {
  if (entry.childError) turn.live.forgiven.push(entry.childError);
  for (const { dependents } of leftovers(turn.live, entry)) for (const id of dependents) release(turn.live, id);
  complete(turn, entry, outcome);
}

/** A failed subgraph with retries left is made anew, and takes the place of the old one. */
function rebuild({ live, commands }: Turn, subgraph: Entry): boolean {
  const { task } = subgraph;
  const isLast = task.subgraph !== null || task.currentRetries >= task.totalRetries;
  const [head, ...rest] = isLast ? [] : (live.options.rebuild?.(task) ?? []);
  if (!head) return false;
  const { currentRetries, totalRetries, id: retriedTask } = task;
  const again = { ...head, currentRetries: currentRetries + 1, totalRetries, retriedTask };
  addTasks(live, [again, ...rest]);
  const waiting = [subgraph, ...leftovers(live, subgraph)].flatMap(({ dependents }) => dependents);
  entryOf(live, again.id).dependents = waiting.filter((id) => !entryOf(live, id).dropped);
  entryOf(live, again.id).origin = subgraph.origin;
  subgraph.over = true;
  live.remaining -= 1;
  if (live.options.stored) for (const one of [again, ...rest]) commands.push({ kind: "insert", task: one });
  return true;
}

function dropChildren(live: LiveGraph, subgraph: Entry): void {
  for (const id of subgraph.children) {
    const child = entryOf(live, id);
    if (child.over || child.dropped) continue;
    child.dropped = true;
    live.remaining -= 1;
    dropChildren(live, child);
  }
}

/** What was dropped of a subgraph, however deep. */
function leftovers(live: LiveGraph, subgraph: Entry): Entry[] {
  const children = subgraph.children.map((id) => entryOf(live, id)).filter(({ dropped }) => dropped);
  return children.flatMap((child) => [child, ...leftovers(live, child)]);
}

/** How the graph remembers a task that failed for good. */
export function errorOf({ task, childError }: Entry, outcome: TaskOutcome): GraphError {
  if (childError) return childError;
  const operation = operationOf(task.work);
  const told = task.work.type !== "LocalWorkflowTask" && !outcome.succeeded;
  return {
    taskId: task.id,
    taskName: task.name,
    nodeInstanceId: ownerOf(task.work),
    subject: operation ? `${task.name} (${instanceOf(task.work)}:${operation})` : task.name,
    failure: told ? outcome.failure : null,
  };
}

function settle(turn: Turn, entry: Entry, outcome: TaskOutcome): void {
  if (turn.live.options.reports)
    turn.commands.push({ kind: "settled", taskId: entry.origin, task: entry.task, outcome });
}

export function finish(turn: Turn, outcome: GraphOutcome): void {
  const { live, commands } = turn;
  live.outcome = outcome;
  commands.push({ kind: "done", outcome, running: [...live.running].map((id) => entryOf(live, id).task) });
}
