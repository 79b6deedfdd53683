/** What a run of cfy tells the shell. `cfy help exit-codes` prints the same table. */
export const ExitCode = {
  Ok: 0,
  Failed: 1,
  Usage: 2,
  ExecutionCancelled: 3,
  NotAuthorised: 4,
  NotFound: 5,
  Conflict: 6,
  Unreachable: 69,
  TryLater: 75,
  TimedOut: 124,
  Interrupted: 130,
  Unheard: 141,
  Terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const EXIT_CODE_MEANINGS: readonly { code: ExitCode; name: string; meaning: string }[] = [
  { code: ExitCode.Ok, name: "ok", meaning: "Done. A followed execution has terminated." },
  {
    code: ExitCode.Failed,
    name: "failed",
    meaning:
      "It failed, or the server refused it for another reason than those below, or a question was answered with no. A followed execution has failed.",
  },
  {
    code: ExitCode.Usage,
    name: "usage",
    meaning: "The command line is wrong, or a question had to be asked and there is no terminal.",
  },
  { code: ExitCode.ExecutionCancelled, name: "cancelled", meaning: "The followed execution was cancelled." },
  {
    code: ExitCode.NotAuthorised,
    name: "not authorised",
    meaning: "Wrong or missing credentials, a permission is missing, or the profile is read-only.",
  },
  { code: ExitCode.NotFound, name: "not found", meaning: "What the command names does not exist." },
  {
    code: ExitCode.Conflict,
    name: "conflict",
    meaning: "It exists already, is in use, or another execution is running.",
  },
  { code: ExitCode.Unreachable, name: "unreachable", meaning: "No server answered." },
  { code: ExitCode.TryLater, name: "try later", meaning: "The server answers, but not now (maintenance, overload)." },
  { code: ExitCode.TimedOut, name: "timed out", meaning: "--timeout has passed. The work goes on." },
  { code: ExitCode.Interrupted, name: "interrupted", meaning: "Ctrl-C. A followed execution goes on." },
  {
    code: ExitCode.Unheard,
    name: "unheard",
    meaning: "Whoever read the events of what is followed has gone (a pipe was closed). It goes on.",
  },
  { code: ExitCode.Terminated, name: "terminated", meaning: "The process was asked to end (SIGTERM)." },
];

/** How one code comes of many things. */
export const COMBINED_EXIT_CODES =
  "A command about several things (several ids, a selection, a group) exits 0 when all went well, with their common code when those that did not go well share one, and with 1 when they do not. 130, 143 and 124 go before. `executions wait --any` exits as the first one that ended.";
