import type { GraphError } from "./failure.ts";
import { addTasks, createGraph, entryOf, type GraphOptions, GraphState, newEntry } from "./graph-state.ts";
import { isEnded, isForgiving, type Task, type TaskId } from "./task.ts";
import { errorOf } from "./turn.ts";

/**
 * A stored graph as it goes on after a resume or a crash. What has ended stays so; a task that was handed out is run
 * with `resume`; a subgraph that was under way starts again with what it has left; what failed for good is
 * remembered: what depends on it does not run, and the graph fails in the end.
 */
export function restoreGraph(tasks: readonly Task[], options: GraphOptions): GraphState {
  const latestAttempt = latestAttempts(tasks);
  const isCurrent = (task: Task) => latestAttempt(task.id) === task.id;
  const isOver = ended(tasks, isCurrent);
  const open = tasks.filter((task) => isCurrent(task) && !isOver(task));
  const openIds = new Set(open.map(({ id }) => id));
  const live = createGraph([], options).use();
  addTasks(
    live,
    open.map((task) => ({
      ...task,
      state: isSubgraph(task) && !isEnded(task.state) ? "pending" : task.state,
      dependencies: task.dependencies.map(latestAttempt).filter((id) => openIds.has(id)),
    })),
  );
  // Subgraphs last: what failed in one is the reason why it failed.
  for (const task of [...open.filter((one) => !isSubgraph(one)), ...open.filter(isSubgraph)]) {
    const entry = entryOf(live, task.id);
    entry.resumed = !isSubgraph(task) && (task.state === "sent" || task.state === "started");
    if (!isEnded(task.state)) continue;
    // Nobody knows any more what its author's handler said: it is asked again, if it still matters.
    if (task.state === "failed" && task.onFailure === "consult" && !isInEnded(task)) {
      entry.consulted = { succeeded: false, failure: task.failure };
      live.consulting += 1;
    } else {
      remember(task);
    }
  }
  live.forgiven.push(...forgiven(tasks));
  const counted = tasks.filter(({ work }) => work.type !== "NOPLocalWorkflowTask");
  live.total = counted.length;
  live.finished = counted.filter(({ state }) => isEnded(state)).length;
  return new GraphState(live);

  function isInEnded({ subgraph }: Task): boolean {
    if (subgraph === null) return false;
    const { task } = entryOf(live, subgraph);
    return isEnded(task.state) || isInEnded(task);
  }

  /** A failed task at the top is an error of the graph; one inside a subgraph is the reason why that failed. */
  function remember(task: Task): void {
    const outcome = { succeeded: false, failure: task.failure } as const;
    const entry = entryOf(live, task.id);
    live.remaining -= 1;
    entry.over = true;
    entry.dropped = true;
    const error = errorOf(entry, outcome);
    for (let parent = task.subgraph; parent; parent = entryOf(live, parent).task.subgraph) {
      entryOf(live, parent).childError ??= error;
    }
    if (!task.subgraph) live.errors.push(error);
  }
}

const isSubgraph = ({ work }: Task): boolean => work.type === "SubgraphTask";

/** Why subgraphs failed whose failure does not matter. */
const forgiven = (tasks: readonly Task[]): GraphError[] =>
  tasks
    .filter((task) => isSubgraph(task) && task.state === "failed" && task.subgraph === null && isDone(task))
    .flatMap(({ id }) => tasks.find(({ subgraph, state }) => subgraph === id && state === "failed") ?? [])
    .map((task) => errorOf(newEntry(task), { succeeded: false, failure: task.failure }));

const isDone = ({ state, onFailure }: Task): boolean =>
  state === "succeeded" || (state === "failed" && isForgiving(onFailure));

/** Whether a task is done: itself, or with a subgraph around it that is done or was made anew, whatever it left inside. */
function ended(tasks: readonly Task[], isCurrent: (task: Task) => boolean): (task: Task) => boolean {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const isOver = (task: Task): boolean => {
    if (isDone(task)) return true;
    const subgraph = task.subgraph ? byId.get(task.subgraph) : undefined;
    return subgraph !== undefined && (!isCurrent(subgraph) || isOver(subgraph));
  };
  return isOver;
}

/**
 * The attempt that stands for a task now: the last of the chain that its retries make. For what a subgraph left undone
 * when it was made anew, that is the new subgraph.
 */
function latestAttempts(tasks: readonly Task[]): (id: TaskId) => TaskId {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const next = new Map<TaskId, TaskId>();
  for (const task of tasks) if (task.retriedTask) next.set(task.retriedTask, task.id);
  const follow = (id: TaskId): TaskId => {
    let latest = id;
    for (let later = next.get(latest); later !== undefined; later = next.get(latest)) latest = later;
    const task = byId.get(latest);
    const replaced = task?.subgraph && task.state !== "succeeded" ? next.get(task.subgraph) : undefined;
    return replaced === undefined ? latest : follow(replaced);
  };
  return follow;
}
