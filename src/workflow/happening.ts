/** All that can happen to a running graph. Times are milliseconds since the epoch: the engine has no clock of its own. */
import type { Json } from "../api/resources.ts";
import type { TaskFailure } from "./failure.ts";
import type { Task, TaskId } from "./task.ts";

export type TaskOutcome = { succeeded: true; result: Json } | { succeeded: false; failure: TaskFailure | null };

/** What an author's handler decided about an ended task. */
export interface Verdict {
  action: "retry" | "fail" | "ignore" | "continue";
  /** Seconds; overrides the task's interval. */
  retryAfter?: number | null;
  /** Retry although none are left. */
  ignoreTotalRetries?: boolean;
}

export type Happening =
  /** The graph starts, or goes on after it was restored. */
  | { kind: "started"; now: number }
  /** Time has passed: answer to a `wake` command. */
  | { kind: "time"; now: number }
  /** A task that was told to run has ended. */
  | { kind: "task-ended"; now: number; taskId: TaskId; outcome: TaskOutcome }
  /** Answer to a `consult` command. */
  | { kind: "verdict"; now: number; taskId: TaskId; verdict: Verdict }
  /** An open graph grows; dependencies name tasks of the graph or of this list. */
  | { kind: "tasks-added"; now: number; tasks: Task[] }
  /** Nothing more will be added to an open graph: it ends with its last task. */
  | { kind: "closed"; now: number }
  /** Cancel, force-cancel or kill: the graph ends here; what runs is the worker's to leave or to end. */
  | { kind: "cancelled"; now: number };
