import { explainConnection } from "./connection/explain.ts";
import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";

/** Any thrown thing as an error with a message, an exit code and a next step. */
export function explain(error: unknown, signal: AbortSignal): CfyError {
  if (error instanceof CfyError) return error;
  if (signal.aborted) {
    const exit = signal.reason === "SIGTERM" ? ExitCode.Terminated : ExitCode.Interrupted;
    return new CfyError("interrupted", "Interrupted", { exit, cause: error });
  }
  const explained = explainConnection(error);
  if (explained) return explained;
  if (isFileError(error)) return fileFailed(error);
  const message = error instanceof Error ? error.message : String(error);
  return new CfyError("unexpected", message, { cause: error, hint: "-v shows where in the program it happened." });
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "path" in error && "code" in error;

const FILE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be accessed",
  EPERM: "may not be accessed",
  EISDIR: "is a directory",
  ENOTDIR: "is not in a directory",
  EEXIST: "exists already",
  ENOSPC: "does not fit: the disk is full",
};

const fileFailed = (error: NodeJS.ErrnoException): CfyError =>
  new CfyError("file", `${error.path} ${FILE_REASONS[error.code ?? ""] ?? `failed: ${error.message}`}`, {
    cause: error,
  });
