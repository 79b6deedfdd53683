import type { Json } from "../../api/resources.ts";
import type { TaskFailure } from "../../workflow/failure.ts";
import type { TaskOutcome } from "../../workflow/happening.ts";
import { raised, retryRequested, succeeded } from "../operations/outcome.ts";
import type { DispatchOutput, KnownError } from "./dispatch-directory.ts";

/** What came of an operation that the framework ran. */
export function outcomeOfOutput(output: DispatchOutput): TaskOutcome {
  if (output.type === "result") return succeeded(output.payload);
  const { exception_type, message, traceback, known_exception_type: known, known_exception_type_args } = output.payload;
  const retryAfter = known_exception_type_args.find((value): value is number => typeof value === "number") ?? null;
  if (known === "OperationRetry") return retryRequested(withoutRetryAfter(message), retryAfter);
  const kind = known === "NonRecoverableError" ? "non-recoverable" : "recoverable";
  const outcome = raised(kind, exception_type, message, traceback ?? `${exception_type}: ${message}`);
  if (!outcome.succeeded && outcome.failure && kind === "recoverable") outcome.failure.retryAfter = retryAfter;
  return outcome;
}

const withoutRetryAfter = (message: string): string => message.replace(/ \[retry_after=[^\]]*\]$/, "");

const KNOWN: Record<TaskFailure["kind"], string> = {
  recoverable: "RecoverableError",
  "non-recoverable": "NonRecoverableError",
  reschedule: "OperationRetry",
};

/** An outcome as the framework's workflows take it. */
export function outcomeMessage(outcome: TaskOutcome): { succeeded: boolean; result?: Json; error?: KnownError } {
  if (outcome.succeeded) return { succeeded: true, result: outcome.result };
  const failure = outcome.failure;
  const kind = failure?.kind ?? "non-recoverable";
  return {
    succeeded: false,
    error: {
      exception_type: failure?.type ?? "NonRecoverableError",
      message: withoutRetryAfter(failure?.message ?? ""),
      known_exception_type: KNOWN[kind],
      known_exception_type_args: kind === "non-recoverable" ? [] : [failure?.retryAfter ?? null],
      known_exception_type_kwargs: {
        causes: (failure?.causes ?? []).map(({ type, message, traceback }) => ({
          type,
          message,
          traceback: traceback ?? "",
        })),
      },
      append_message: false,
      ...(failure?.traceback ? { traceback: failure.traceback } : {}),
    },
  };
}
