import type { ErrorCause, Json } from "../../api/resources.ts";
import type { TaskFailure } from "../../workflow/failure.ts";
import type { TaskOutcome } from "../../workflow/happening.ts";

interface Details {
  /** Class name, when it is another than the kind's own. */
  type?: string;
  /** Text below "Traceback of …" in the execution's error; null for failures that have no place in code. */
  traceback?: string | null;
  causes?: ErrorCause[];
  retryAfter?: number | null;
}

export const succeeded = (result: Json = null): TaskOutcome => ({ succeeded: true, result });

export const nonRecoverable = (message: string, details: Details = {}): TaskOutcome =>
  failed("non-recoverable", "NonRecoverableError", message, details);

export const recoverable = (message: string, details: Details = {}): TaskOutcome =>
  failed("recoverable", "RecoverableError", message, details);

/** The operation asked to be called again, after so many seconds or the task's own interval. */
export function retryRequested(message: string, retryAfter: number | null): TaskOutcome {
  const text = withRetryAfter(message, retryAfter);
  const causes = [{ type: "OperationRetry", message: text, traceback: `cloudify.exceptions.OperationRetry: ${text}` }];
  return failed("reschedule", "OperationRetry", text, { causes, retryAfter });
}

/** An error that user code raised: its own class is the cause. */
export function raised(kind: TaskFailure["kind"], type: string, message: string, traceback: string): TaskOutcome {
  return failed(kind, type, message, { traceback, causes: [{ type, message, traceback }] });
}

/** The suffix that errors with a wish for their retry carry in their text. */
const withRetryAfter = (message: string, retryAfter: number | null): string =>
  retryAfter === null ? message : `${message} [retry_after=${retryAfter}]`;

function failed(kind: TaskFailure["kind"], type: string, message: string, details: Details): TaskOutcome {
  const { traceback = null, causes = [], retryAfter = null } = details;
  return { succeeded: false, failure: { type: details.type ?? type, message, traceback, kind, retryAfter, causes } };
}
