import { Refusal } from "../../services/refusal.ts";
import { WorkflowFailure } from "../../workflow/index.ts";
import { PythonMissing } from "../processes/python.ts";

/** How a workflow came to its end. */
export type ExecutionEnd =
  | { status: "terminated" }
  | { status: "failed"; message: string; error: string }
  | { status: "cancelled" }
  /** The workflow's own framework has told the server of its end. */
  | { status: "told" };

export const terminated: ExecutionEnd = { status: "terminated" };
export const cancelled: ExecutionEnd = { status: "cancelled" };

export const toldByItself: ExecutionEnd = { status: "told" };

/** @param error what the execution's `error` shows, when that is more than the message */
export const failedBecause = (message: string, error = message): ExecutionEnd => ({ status: "failed", message, error });

/**
 * What a thrown error says of the workflow: its own failure in its words, what the user can mend in a sentence, anything
 * else as a fault of the worker.
 */
export function endOfError(error: unknown): ExecutionEnd {
  if (error instanceof WorkflowFailure) {
    const { type, message } = error;
    return failedBecause(message, type === "WorkflowFailed" ? message : `${type}: ${message}`);
  }
  if (error instanceof PythonMissing || error instanceof Refusal) return failedBecause(error.message);
  if (error instanceof Error) return failedBecause(error.message, error.stack ?? error.message);
  return failedBecause(String(error));
}
