import { sep } from "node:path";
import { explainConnection } from "./connection/explain.ts";
import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";
import { fileError } from "./file-error.ts";

/** Any thrown thing as an error with a message, an exit code and a next step; `root` is where cfy keeps what it has. */
export function explain(error: unknown, signal: AbortSignal, root = ""): CfyError {
  if (error instanceof CfyError) return error;
  if (signal.aborted) {
    const exit = signal.reason === "SIGTERM" ? ExitCode.Terminated : ExitCode.Interrupted;
    return new CfyError("interrupted", "Interrupted", { exit, cause: error });
  }
  const explained = explainConnection(error);
  if (explained) return explained;
  if (isFileError(error)) return fileError(error.path, error, isOurs(error.path, root) ? ELSEWHERE : []);
  if (isOutOfRoom(error)) return new CfyError("file", "There is no room left on the disk", { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new CfyError("unexpected", message, { cause: error, hint: "-v shows where in the program it happened." });
}

const ELSEWHERE = "CFY_WORKDIR names another place for what cfy keeps.";

/** Of ours, or where ours would be. */
const isOurs = (path: string, root: string): boolean =>
  path.split(sep).includes(".cloudify") || root.startsWith(path.endsWith(sep) ? path : `${path}${sep}`);

/** Writing to a file that is open names no path. */
const isOutOfRoom = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOSPC";

const isFileError = (error: unknown): error is NodeJS.ErrnoException & { path: string } =>
  error instanceof Error && "syscall" in error && "path" in error && "code" in error;
