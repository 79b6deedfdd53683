import type { GraphOutcome } from "./command.ts";
import type { GraphError } from "./failure.ts";
import type { TaskOutcome } from "./happening.ts";
import type { Task, TaskId } from "./task.ts";
import { TimerQueue } from "./timer-queue.ts";

/** How a graph runs; fixed when it is made. */
export interface GraphOptions {
  name: string;
  /** Its tasks have rows in the database; the events of its tasks then name their operation. */
  stored: boolean;
  dryRun?: boolean;
  /** An open graph takes further tasks while it runs, reports each that settled, and a failed task does not fail it. */
  open?: boolean;
  /** Reports each task that settled although it is not open. */
  reports?: boolean;
  /** Seconds that the rest may go on after the first failure. */
  waitAfterFail?: number;
  /** How many operations run side by side. */
  concurrency?: number;
  /** Ids of further attempts. */
  newId: () => string;
  /** What to try in place of a failed subgraph that has retries left: a subgraph first, then what it holds. */
  rebuild?: (subgraph: Task) => Task[];
}

/** A task with what the engine needs to find its neighbours at once. */
export interface Entry {
  task: Task;
  /** Dependencies that have not come true. */
  waitingFor: number;
  /** Tasks that wait for this one, in the order they were added. */
  dependents: TaskId[];
  /** Subgraphs: what they hold. */
  children: TaskId[];
  /** Subgraphs: how many children are not done. */
  openChildren: number;
  /** Subgraphs: the error of the child that failed them. */
  childError: GraphError | null;
  /** Handed out before a restart. */
  resumed: boolean;
  /** First attempt of this task, which callers know it by. */
  origin: TaskId;
  /** Waits for the author's handler, which was asked about this outcome. */
  consulted: TaskOutcome | null;
  /** Done, failed for good, or taken over by its next attempt. */
  over: boolean;
  /** Its subgraph failed: it does not start, and if it runs nothing follows from it. */
  dropped: boolean;
}

/** The engine's working memory. Only `advance` and its helpers touch it. */
export interface LiveGraph {
  options: Required<GraphOptions>;
  entries: Map<TaskId, Entry>;
  ready: TaskId[];
  /** Ready, but as many operations run as may. */
  throttled: TaskId[];
  running: Set<TaskId>;
  retries: TimerQueue<TaskId>;
  errors: GraphError[];
  /** Failures of subgraphs that did not matter. */
  forgiven: GraphError[];
  /** When the rest may go on no longer. */
  deadline: number | null;
  /** Tasks that are neither done nor dropped. */
  remaining: number;
  /** Questions to authors' handlers that are open. */
  consulting: number;
  closed: boolean;
  /** The `wake` that was asked for last. */
  wake: number | null;
  outcome: GraphOutcome | null;
  turn: number;
  total: number;
  finished: number;
}

/**
 * A running graph. `advance` takes one and returns the next; the one that went in is used up, and using it again is an
 * error, so that 10,000 instances need no copy per step.
 */
export class GraphState {
  readonly #live: LiveGraph;
  readonly #turn: number;

  /** @internal Made by `createGraph`, `restoreGraph` and `advance`. */
  constructor(live: LiveGraph) {
    this.#live = live;
    this.#turn = live.turn;
  }

  get name(): string {
    return this.#live.options.name;
  }

  /** null while it runs. */
  get outcome(): GraphOutcome | null {
    return this.#live.outcome;
  }

  /** What `executions list` shows as finished and total operations. No-ops do not count. */
  get progress(): { finished: number; total: number } {
    return { finished: this.#live.finished, total: this.#live.total };
  }

  /** @internal */
  use(): LiveGraph {
    if (this.#turn !== this.#live.turn)
      throw new Error("This graph state has been advanced: use the one that came back");
    return this.#live;
  }
}

/** A graph about to start: none of its tasks has been run. */
export function createGraph(tasks: readonly Task[], options: GraphOptions): GraphState {
  const live: LiveGraph = {
    options: {
      dryRun: false,
      open: false,
      reports: options.open ?? false,
      waitAfterFail: 600,
      concurrency: Number.POSITIVE_INFINITY,
      rebuild: () => [],
      ...options,
    },
    entries: new Map(),
    ready: [],
    throttled: [],
    running: new Set(),
    retries: new TimerQueue(),
    errors: [],
    forgiven: [],
    deadline: null,
    remaining: 0,
    consulting: 0,
    closed: !options.open,
    wake: null,
    outcome: null,
    turn: 0,
    total: 0,
    finished: 0,
  };
  addTasks(live, tasks);
  return new GraphState(live);
}

/** Links new tasks into the graph; what waits for nothing becomes ready. */
export function addTasks(live: LiveGraph, tasks: readonly Task[]): void {
  for (const task of tasks) {
    live.entries.set(task.id, newEntry({ ...task }));
    live.remaining += 1;
    if (task.work.type !== "NOPLocalWorkflowTask") live.total += 1;
  }
  for (const { id } of tasks) link(live, entryOf(live, id));
  for (const task of tasks) if (live.entries.get(task.id)?.waitingFor === 0) live.ready.push(task.id);
}

export function newEntry(task: Task): Entry {
  return {
    task,
    waitingFor: 0,
    dependents: [],
    children: [],
    openChildren: 0,
    childError: null,
    resumed: false,
    origin: task.id,
    consulted: null,
    over: false,
    dropped: false,
  };
}

function link(live: LiveGraph, entry: Entry): void {
  const { task } = entry;
  const parent = task.subgraph ? entryOf(live, task.subgraph) : null;
  if (parent) {
    parent.children.push(task.id);
    parent.openChildren += 1;
    // One that is running lets its new children start at once.
    if (parent.task.state !== "started") entry.waitingFor += 1;
  }
  for (const id of task.dependencies) {
    if (id === task.subgraph) continue;
    const dependency = live.entries.get(id);
    if (!dependency) continue;
    dependency.dependents.push(task.id);
    entry.waitingFor += 1;
  }
}

export function entryOf(live: LiveGraph, id: TaskId): Entry {
  const entry = live.entries.get(id);
  if (!entry) throw new Error(`Graph ${live.options.name} has no task ${id}`);
  return entry;
}
