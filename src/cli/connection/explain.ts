import { ConnectionError, RestError } from "../../client/errors.ts";
import { ReadOnlyError } from "../../client/read-only.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { explainFailure } from "./explain-failure.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { explainReadOnly } from "./read-only.ts";

/** What went wrong between here and the server, with its exit code and what to do next; undefined for anything else. */
export function explainConnection(error: unknown): CfyError | undefined {
  if (error instanceof RestError) {
    const { exit, hint, message = error.message } = explainRefusal(error);
    return new CfyError(error.code, message, {
      exit,
      hint,
      status: error.status,
      requestId: error.requestId,
      cause: error,
    });
  }
  if (error instanceof ConnectionError) {
    const { code, message, hint } = explainFailure(error);
    const steps = [...hint, "Every step of the way: cfy doctor"];
    return new CfyError(code, message, { exit: ExitCode.Unreachable, hint: steps, cause: error });
  }
  if (error instanceof ReadOnlyError) return explainReadOnly(error);
  return undefined;
}
