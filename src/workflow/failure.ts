/** How an operation went wrong, in the words that cross the process boundary. */
import type { ErrorCause } from "../api/resources.ts";

export interface TaskFailure {
  /** Name of the exception class, without its module: `ProcessException`. */
  type: string;
  message: string;
  /** Python traceback text; null for the kinds that have none. */
  traceback: string | null;
  /**
   * - `recoverable`: may be tried again
   * - `non-recoverable`: never again
   * - `reschedule`: the operation itself asked to be called again
   */
  kind: "recoverable" | "non-recoverable" | "reschedule";
  /** Seconds to wait before the next attempt, when the error says so. */
  retryAfter: number | null;
  causes: ErrorCause[];
}

/** A failed task as the workflow's error lists it. */
export interface GraphError {
  taskId: string;
  taskName: string;
  nodeInstanceId: string | null;
  /** `name (instance:operation)`, or the name alone. */
  subject: string;
  failure: TaskFailure | null;
}

const reason = ({ failure }: GraphError): string => (failure ? `${failure.type} \`${failure.message}\`` : "");

/**
 * What `execution.error` and the workflow_failed event show: each failed task on a line of its own,
 * then the traceback of the first that has one.
 */
export function failureText(errors: readonly GraphError[]): string {
  const [first] = errors;
  if (!first) return "";
  const lines =
    errors.length === 1
      ? [`Task failed: ${first.subject}: ${reason(first)}`]
      : [`${errors.length} operation errors:`, ...errors.map((error) => `${error.subject}: ${reason(error)}`)];
  const traced = errors.find((error) => error.failure?.traceback);
  if (traced?.failure?.traceback) {
    const trace = traced.failure.traceback.replace(/^Traceback \(most recent call last\):\n/, "").trimEnd();
    lines.push(`Traceback of ${traced.subject} (most recent call last):`, trace);
  }
  return lines.join("\n");
}
