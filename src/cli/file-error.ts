import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be accessed",
  EPERM: "may not be accessed",
  EISDIR: "is a directory",
  ENOTDIR: "is not in a directory",
  EEXIST: "exists already",
  ENOSPC: "does not fit: the disk is full",
  EROFS: "is on a disk that can only be read",
};

/** Trouble with a file of this machine, in words: `app.yaml does not exist`. */
export function fileError(path: string, cause: NodeJS.ErrnoException, hint: string | readonly string[] = []): CfyError {
  const { code = "", message } = cause;
  const exit = code === "ENOENT" || code === "ENOTDIR" ? ExitCode.NotFound : ExitCode.Failed;
  return new CfyError("file", `${path} ${REASONS[code] ?? `failed: ${message}`}`, { exit, hint, cause });
}
