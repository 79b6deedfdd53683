/**
 * A workflow as a program: a generator that asks and is answered. It builds graphs and decides; running them, reading
 * and writing is done by whoever drives it. After a restart it runs from its start again: graphs are found by their
 * name, and a modification that has been made is given back instead of made again.
 */
import type { Json, JsonObject } from "../api/resources.ts";
import type { NodeInstanceState } from "../api/statuses.ts";
import type { DeploymentView, InstanceView } from "./deployment-view.ts";
import type { BuilderOptions } from "./graph-builder.ts";
import type { GraphOptions } from "./graph-state.ts";
import type { Task } from "./task.ts";

export type Request =
  /**
   * Run a graph to its end. A stored one that the execution has under this name is restored instead of built, so
   * `build` is only called when there is none. `rebuild` goes into the graph's options. Answered by its `GraphOutcome`; after a cancelled one the program is not asked again.
   */
  | { kind: "run-graph"; name: string; stored: boolean; build: () => Task[]; rebuild?: GraphOptions["rebuild"] }
  /** Read the deployment anew. Answered by a `DeploymentView`. */
  | { kind: "read-deployment" }
  /** A log line of the workflow. */
  | { kind: "log"; level: "debug" | "info" | "warning" | "error"; message: string }
  /** An event of the workflow, or of one of its instances. */
  | { kind: "send-event"; message: string; eventType: string; nodeInstanceId: string | null }
  | { kind: "set-node-instance-state"; nodeInstanceId: string; state: NodeInstanceState }
  /** Merge into an instance's system properties; null removes a key. */
  | { kind: "update-system-properties"; nodeInstanceId: string; properties: JsonObject }
  /** Deployment modifications of this deployment that are `started`. Answered by `Modification[]`. */
  | { kind: "list-started-modifications" }
  /**
   * Start a deployment modification: how many instances each node or scaling group shall have. With `preview` nothing
   * is stored: a dry run wants to see what would come and go. Answered by `Modification`.
   */
  | { kind: "start-modification"; nodes: Record<string, ModifiedNode>; preview: boolean }
  | { kind: "finish-modification"; id: string }
  | { kind: "rollback-modification"; id: string }
  /** Uninstall the services that have this deployment as parent, and wait. */
  | { kind: "uninstall-services"; parameters: JsonObject }
  /** What a deployment update does to instances, once it has changed nodes and instances. Answered by `UpdateChanges`. */
  | { kind: "read-update"; updateId: string }
  /** Start another execution of this deployment; it runs beside this one. */
  | { kind: "start-execution"; workflowId: string; parameters: JsonObject };

/** Ids of node instances, and pairs of them, that a deployment update changes. */
export interface UpdateChanges {
  added: string[];
  removed: string[];
  /** Stay, but properties or operations of their nodes are others now. */
  changed: string[];
  /** Relationships that come between instances that stay. */
  extended: RelationshipIds[];
  /** Relationships that go between instances that stay; they are still there until the update's last steps. */
  reduced: RelationshipIds[];
  /** What a workflow of the user's own gets in place of the built-in steps. */
  workflowParameters: JsonObject;
}

export interface RelationshipIds {
  sourceId: string;
  targetId: string;
}

export interface ModifiedNode {
  instances: number;
  removed_ids_include_hint?: string[];
  removed_ids_exclude_hint?: string[];
}

export interface ModifiedInstance extends InstanceView {
  /** Instances beside the changed ones are there because they are related to them. */
  modification: "added" | "removed" | null;
}

export interface Modification {
  id: string;
  status: string;
  /** The execution that started it. */
  executionId: string | null;
  added: ModifiedInstance[];
  removed: ModifiedInstance[];
}

/**
 * Yields requests, receives their answers, returns the workflow's result. A request that fails, a graph that cannot be built among
 * them, is thrown into it; a
 * WorkflowFailure that comes out of it is the execution's failure, any other error a fault of ours.
 */
export type Program = Generator<Request, Json | undefined, unknown>;

export interface ProgramContext {
  deployment: DeploymentView;
  executionId: string;
  /** Merged with their defaults. */
  parameters: JsonObject;
  dryRun: boolean;
  /** The execution goes on after a cancel, a failure, or the loss of its worker. */
  resume: boolean;
  /** Names of the stored graphs that this execution has, with the states of their tasks. */
  storedGraphs: ReadonlyMap<string, readonly Task[]>;
  builder: BuilderOptions;
  /** Configuration of scope `workflow`. */
  configuration: { taskRetries: number; taskRetryInterval: number; subgraphRetries: number };
}

/** The workflow cannot do what was asked, or its graph failed: the execution ends `failed` with this text. */
export class WorkflowFailure extends Error {
  /** Name of the exception that the original would raise: `ValueError`, `WorkflowFailed`, `RuntimeError`. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = "WorkflowFailure";
    this.type = type;
  }
}
