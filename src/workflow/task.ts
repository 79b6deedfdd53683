/** One step of a workflow, as plain data: it can be stored, restored by another process and compared in a test. */
import type { JsonObject } from "../api/resources.ts";
import type { ExecutionStatus, NodeInstanceState, TaskState } from "../api/statuses.ts";
import type { TaskFailure } from "./failure.ts";

export type TaskId = string;

/** Retried without end. */
export const INFINITE_RETRIES = -1;

/** An operation of a node instance or of one side of a relationship, with all a worker needs to run it. */
export interface OperationCall {
  /** Full name, `cloudify.interfaces.lifecycle.create`. */
  operation: string;
  /** The plugin's function, `script_runner.tasks.run`. */
  task: string;
  plugin: string;
  executor: string;
  /** The instance that the operation runs on. */
  nodeInstanceId: string;
  nodeId: string;
  hostId: string | null;
  /** The other side, for an operation of a relationship. */
  related: RelatedInstance | null;
  kwargs: JsonObject;
  /** The kwargs hold intrinsic functions that the worker evaluates when the operation starts. */
  hasIntrinsicFunctions: boolean;
  /** Seconds; null means no limit. */
  timeout: number | null;
  /** Whether an operation that took too long is tried again; null leaves it to the worker's default. */
  timeoutRecoverable: boolean | null;
}

export interface RelatedInstance {
  nodeInstanceId: string;
  nodeId: string;
  /** True when the related instance is the target, so the operation runs on the source's side. */
  isTarget: boolean;
  /** Type of the relationship. */
  relationship: string;
}

/** A function that runs inside the workflow's own process, named in a way that the worker can find again. */
export interface LocalCall {
  function: string;
  kwargs: JsonObject;
  nodeInstanceId: string | null;
}

/** What a task does, told apart by the class name that the wire shows as the operation's `type`. */
export type Work =
  | { type: "RemoteWorkflowTask"; call: OperationCall }
  | { type: "LocalWorkflowTask"; call: LocalCall }
  | { type: "NOPLocalWorkflowTask" }
  | { type: "DryRunLocalWorkflowTask"; nodeInstanceId: string | null }
  | { type: "SetNodeInstanceStateTask"; nodeInstanceId: string; state: NodeInstanceState }
  | { type: "GetNodeInstanceStateTask"; nodeInstanceId: string }
  | { type: "SendNodeEventTask"; nodeInstanceId: string; event: string }
  | { type: "SendWorkflowEventTask"; event: string; eventType: string; context: JsonObject }
  | { type: "UpdateExecutionStatusTask"; status: ExecutionStatus }
  | { type: "SubgraphTask" };
export type TaskType = Work["type"];

/**
 * What decides after a task failed.
 * - `retry`: again while retries are left, unless the error is non-recoverable (the default)
 * - `ignore`: an event says so, and the task counts as done
 * - `clean-up`: the same for what only tidies up, and a log line says so
 * - `skip`: counts as done, nothing is said
 * - `fail`: never again
 * - `consult`: the worker asks the workflow's author's code and answers with a `verdict`
 */
export type FailureRule = "retry" | "ignore" | "clean-up" | "skip" | "fail" | "consult";

/**
 * What decides after a task succeeded.
 * - `continue`: done (the default)
 * - `until-true`: asked again, however often, until its result is true
 * - `consult`: as for failures
 */
export type SuccessRule = "continue" | "until-true" | "consult";

/**
 * What an ended task says about its instance, kept in the instance's system properties.
 * With `reset` a success wipes what earlier checks found: a freshly started instance is healthy until checked.
 */
export interface CheckRecord {
  check:
    | "status"
    | "configuration_drift"
    | "source_relationships_configuration_drift"
    | "target_relationships_configuration_drift";
  reset: boolean;
}

export interface Task {
  id: TaskId;
  name: string;
  work: Work;
  state: TaskState;
  /** Every task this one waits for; the subgraph that holds it is among them and only has to start. */
  dependencies: TaskId[];
  subgraph: TaskId | null;
  currentRetries: number;
  /** INFINITE_RETRIES or how often it may run again. */
  totalRetries: number;
  /** Seconds between two attempts. */
  retryInterval: number;
  /** The attempt that this one repeats. */
  retriedTask: TaskId | null;
  /** Milliseconds since the epoch before which it does not start. */
  executeAfter: number | null;
  /** With false only failures are told. */
  sendTaskEvents: boolean;
  onSuccess: SuccessRule;
  onFailure: FailureRule;
  /** Its outcome is a check's, kept in the system properties of its instance. */
  record: CheckRecord | null;
  info: string | null;
  /** How it failed; stored, so that a resumed execution can still tell. */
  failure: TaskFailure | null;
}

/** Node instance that a task's events belong to. */
export function instanceOf(work: Work): string | null {
  switch (work.type) {
    case "RemoteWorkflowTask":
    case "LocalWorkflowTask":
      return work.call.nodeInstanceId;
    case "DryRunLocalWorkflowTask":
    case "SetNodeInstanceStateTask":
    case "GetNodeInstanceStateTask":
    case "SendNodeEventTask":
      return work.nodeInstanceId;
    default:
      return null;
  }
}

/** Node instance in whose steps a task stands: of a relationship's two sides that is the source. */
export const ownerOf = (work: Work): string | null =>
  work.type === "RemoteWorkflowTask" && work.call.related?.isTarget === false
    ? work.call.related.nodeInstanceId
    : instanceOf(work);

export const operationOf = (work: Work): string | null =>
  work.type === "RemoteWorkflowTask" ? work.call.operation : null;

const FORGIVING: readonly FailureRule[] = ["ignore", "clean-up", "skip"];
/** Its failure does not matter: what waits for it goes on. */
export const isForgiving = (rule: FailureRule): boolean => FORGIVING.includes(rule);

const FINAL: readonly TaskState[] = ["succeeded", "failed", "rescheduled"];
/** The task, in this attempt, does nothing more. */
export const isEnded = (state: TaskState): boolean => FINAL.includes(state);

/** Settings a task is made with; the builder fills in the rest. */
export interface TaskSettings {
  totalRetries?: number;
  retryInterval?: number;
  sendTaskEvents?: boolean;
  onSuccess?: SuccessRule;
  onFailure?: FailureRule;
  record?: CheckRecord | null;
  info?: string | null;
}
