import type { JsonObject } from "../api/resources.ts";
import type { ExecutionStatus, NodeInstanceState } from "../api/statuses.ts";
import type { LocalCall, OperationCall, Task, TaskId, TaskSettings, Work } from "./task.ts";

export interface BuilderOptions {
  /** Makes the ids of tasks; random ones in life, counted ones in tests. */
  newId: () => string;
  /** Operations and states become dry-run tasks: nothing is called, nothing is changed. */
  dryRun?: boolean;
  /** For operations that set none of their own. */
  retries?: { total: number; interval: number };
}

/** A step of a sequence: one task, or several side by side. */
export type Step = TaskId | readonly TaskId[];

/**
 * Collects tasks and their dependencies. Ids are handed out when a task is added; `build` returns the tasks in the
 * order in which they were added.
 */
export class TaskGraphBuilder {
  readonly #tasks = new Map<TaskId, Task>();
  readonly #options: BuilderOptions;

  constructor(options: BuilderOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#tasks.size === 0;
  }

  /** Tasks outside of any subgraph. */
  get top(): TaskScope {
    return new TaskScope(this, null);
  }

  add(name: string, work: Work, subgraph: TaskId | null, settings: TaskSettings = {}): TaskId {
    const id = this.#options.newId();
    this.#tasks.set(id, {
      id,
      name,
      work: this.#options.dryRun ? dryRunOf(work) : work,
      state: "pending",
      dependencies: subgraph ? [subgraph] : [],
      subgraph,
      currentRetries: 0,
      totalRetries: settings.totalRetries ?? 0,
      retryInterval: settings.retryInterval ?? this.retries.interval,
      retriedTask: null,
      executeAfter: null,
      sendTaskEvents: settings.sendTaskEvents ?? isOwnWork(work),
      onSuccess: settings.onSuccess ?? "continue",
      onFailure: settings.onFailure ?? "retry",
      info: settings.info ?? infoOf(work),
      record: settings.record ?? null,
      failure: null,
    });
    return id;
  }

  get retries(): { total: number; interval: number } {
    return this.#options.retries ?? { total: 60, interval: 15 };
  }

  get dryRun(): boolean {
    return this.#options.dryRun ?? false;
  }

  /** `task` waits for `on`. A task never waits for itself; the same dependency twice is one. */
  dependency(task: TaskId, on: TaskId): void {
    const waiting = this.#task(task);
    this.#task(on);
    if (task !== on && !waiting.dependencies.includes(on)) waiting.dependencies.push(on);
  }

  /** Every task of a step waits for every task of the step before. */
  sequence(steps: readonly Step[]): void {
    let before: readonly TaskId[] = [];
    for (const step of steps) {
      const tasks = typeof step === "string" ? [step] : step;
      if (tasks.length === 0) continue;
      for (const task of tasks) for (const previous of before) this.dependency(task, previous);
      before = tasks;
    }
  }

  /**
   * Takes out no-ops, and those of the subgraphs that hold nothing; what waited for one waits for what that one waited
   * for. In a dry run they stay, and are told of.
   */
  removeIdle(places: readonly TaskId[]): void {
    if (this.dryRun) return;
    const full = new Set([...this.#tasks.values()].map(({ subgraph }) => subgraph));
    const empty = new Set(places.filter((id) => !full.has(id)));
    if (empty.size === 0) return;
    const bridged = new Map<TaskId, Set<TaskId>>();
    const beyond = (id: TaskId): Set<TaskId> => {
      const known = bridged.get(id);
      if (known) return known;
      const found = new Set<TaskId>();
      bridged.set(id, found);
      for (const dependency of this.#task(id).dependencies) {
        if (empty.has(dependency)) for (const further of beyond(dependency)) found.add(further);
        else found.add(dependency);
      }
      return found;
    };
    for (const task of this.#tasks.values()) {
      if (!task.dependencies.some((id) => empty.has(id))) continue;
      task.dependencies = [...new Set(task.dependencies.flatMap((id) => (empty.has(id) ? [...beyond(id)] : [id])))];
    }
    for (const id of empty) this.#tasks.delete(id);
  }

  build(): Task[] {
    return [...this.#tasks.values()];
  }

  #task(id: TaskId): Task {
    const task = this.#tasks.get(id);
    if (!task) throw new Error(`No task ${id} in this graph: add it before it gets a dependency`);
    return task;
  }
}

/** Adds tasks to one subgraph, or beside all of them. */
export class TaskScope {
  readonly builder: TaskGraphBuilder;
  /** The subgraph that the tasks go to. */
  readonly id: TaskId | null;

  constructor(builder: TaskGraphBuilder, id: TaskId | null) {
    this.builder = builder;
    this.id = id;
  }

  operation(call: OperationCall, settings?: TaskSettings): TaskId {
    return this.builder.add(call.task, { type: "RemoteWorkflowTask", call }, this.id, settings);
  }

  local(call: LocalCall, settings?: TaskSettings): TaskId {
    return this.builder.add(call.function, { type: "LocalWorkflowTask", call }, this.id, settings);
  }

  setState(nodeInstanceId: string, state: NodeInstanceState, settings?: TaskSettings): TaskId {
    return this.#add({ type: "SetNodeInstanceStateTask", nodeInstanceId, state }, settings);
  }

  nodeEvent(nodeInstanceId: string, event: string): TaskId {
    return this.#add({ type: "SendNodeEventTask", nodeInstanceId, event });
  }

  workflowEvent(event: string, eventType = "workflow_stage", context: JsonObject = {}): TaskId {
    return this.#add({ type: "SendWorkflowEventTask", event, eventType, context });
  }

  executionStatus(status: ExecutionStatus): TaskId {
    return this.#add({ type: "UpdateExecutionStatusTask", status });
  }

  /** Does nothing, in the place of an operation that is not implemented. */
  nop(): TaskId {
    return this.builder.add("NOP", { type: "NOPLocalWorkflowTask" }, this.id);
  }

  subgraph(name: string, settings?: TaskSettings): Subgraph {
    return new Subgraph(this.builder, this.builder.add(name, { type: "SubgraphTask" }, this.id, settings));
  }

  #add(work: Work, settings?: TaskSettings): TaskId {
    return this.builder.add(work.type, work, this.id, settings);
  }
}

/** Tasks that only write a state or an event have nothing to tell of themselves. */
const isOwnWork = ({ type }: Work): boolean =>
  type === "RemoteWorkflowTask" || type === "LocalWorkflowTask" || type === "SubgraphTask";

const infoOf = (work: Work): string | null =>
  work.type === "SetNodeInstanceStateTask" ? work.state : work.type === "SendNodeEventTask" ? work.event : null;

export class Subgraph extends TaskScope {
  declare readonly id: TaskId;
}

/** The same step in a dry run: it is told of, and nothing is called or changed. */
export function dryRunOf(work: Work): Work {
  switch (work.type) {
    case "RemoteWorkflowTask":
    case "LocalWorkflowTask":
      return { type: "DryRunLocalWorkflowTask", nodeInstanceId: work.call.nodeInstanceId };
    case "SetNodeInstanceStateTask":
    case "UpdateExecutionStatusTask":
      return { type: "NOPLocalWorkflowTask" };
    default:
      return work;
  }
}
