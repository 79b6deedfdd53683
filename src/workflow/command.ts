/** What the worker is to do, in this order. Commands of one `advance` belong into one transaction, `run` after it. */
import type { ErrorCause, Json, JsonObject } from "../api/resources.ts";
import type { NodeInstanceState, TaskState } from "../api/statuses.ts";
import type { GraphError, TaskFailure } from "./failure.ts";
import type { TaskOutcome } from "./happening.ts";
import type { CheckRecord, Task, TaskId } from "./task.ts";

/** An event of the workflow, ready to be written. */
export interface WorkflowEvent {
  eventType: string;
  message: string;
  nodeInstanceId: string | null;
  /** Both sides of a relationship, where the event is told of both instead of the one that runs the operation. */
  sides?: { sourceId: string; targetId: string };
  operation: string | null;
  errorCauses: ErrorCause[] | null;
  /** Further facts: task_name, task_id, task_current_retries… */
  context: JsonObject;
}

export type GraphOutcome =
  /** `forgiven` are failures of its subgraphs that did not matter. */
  | { status: "succeeded"; forgiven?: GraphError[] }
  | { status: "failed"; errors: GraphError[] }
  /** `cancelled` and `failed` may leave operations running. */
  | { status: "cancelled" };

export type Command =
  | { kind: "event"; event: WorkflowEvent }
  /** A log line of the workflow. */
  | { kind: "log"; level: "info"; message: string }
  /** The stored row of a task changes its state. Only for stored graphs. `task` is the engine's own: read it at once. */
  | { kind: "store"; taskId: TaskId; state: TaskState; failure: TaskFailure | null; task: Task }
  /** A further attempt gets a row of its own. Only for stored graphs. */
  | { kind: "insert"; task: Task }
  | { kind: "set-node-instance-state"; nodeInstanceId: string; state: NodeInstanceState }
  /**
   * A check's outcome goes into the instance's system properties under `check`, with the time. A status moves the one
   * before it to `previous_status` (null on `reset`); a relationship's drift is kept under the other side's id.
   */
  | {
      kind: "record-check";
      nodeInstanceId: string;
      check: CheckRecord["check"];
      relatedId: string | null;
      entry: { ok: boolean; result: Json; task: string | null };
      reset: boolean;
    }
  /**
   * Run the task and answer with `task-ended`. With `resume` it had been handed out before a restart: take its
   * answer if there is one, else run it again with `ctx.resume` if its function allows that, else fail it.
   */
  | { kind: "run"; task: Task; resume: boolean }
  /** Ask the author's handler, answer with `verdict`. `failedTask` is what made a subgraph fail. */
  | { kind: "consult"; task: Task; outcome: TaskOutcome; failedTask: TaskId | null }
  /** A task of a graph that reports, after all its retries: its caller may be waiting. `taskId` is the first attempt's. */
  | { kind: "settled"; taskId: TaskId; task: Task; outcome: TaskOutcome }
  /** Send `time` then. Only the last `wake` counts. */
  | { kind: "wake"; at: number }
  /** The graph has ended; `running` are operations that nobody waits for any more. */
  | { kind: "done"; outcome: GraphOutcome; running: Task[] };
