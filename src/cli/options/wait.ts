import { duration, flag } from "../option.ts";

/** What every command takes that waits for an execution. */
export const waitOptions = {
  timeout: duration({
    flags: ["--timeout"],
    default: 900,
    metavar: "DURATION",
    help: "How long to wait: seconds, or 90s, 15m, 1h30m; afterwards the execution goes on",
  }),
  detach: flag({
    flags: ["--detach", "--no-wait"],
    off: ["--wait"],
    help: "Start it, say its id, and do not wait; --wait, the default, waits",
  }),
  cancelOnInterrupt: flag({ flags: ["--cancel-on-interrupt"], help: "Ctrl-C cancels the execution" }),
};

/** For what waits for nothing else, or only when it is told to. */
export const endlessTimeout = duration({
  flags: ["--timeout"],
  default: 0,
  metavar: "DURATION",
  help: "How long to wait: seconds, or 90s, 15m, 1h30m; 0: for ever. Afterwards the work goes on",
});

/** For commands that wait for several things at once. They exclude each other. */
export const severalWait = {
  all: flag({ flags: ["--all"], help: "Until the last one has ended; this is the default" }),
  any: flag({ flags: ["--any"], help: "Until the first one has ended; the exit code is then its own" }),
  timeout: endlessTimeout,
};

/** For commands that say what they have started, and wait for it only when they are told to. */
export const optionalWait = {
  wait: flag({
    flags: ["--wait"],
    off: ["--detach", "--no-wait"],
    help: "Wait until it has ended, and exit as it comes out",
  }),
  timeout: endlessTimeout,
};

const workerNamesOption = (...short: string[]) =>
  flag({
    flags: [...short, "--with-worker-names"],
    off: ["--without-worker-names"],
    help: "Show which worker sent an event",
  });

/** How the events of a followed execution are shown. */
export const eventOptions = {
  includeLogs: flag({
    flags: ["--include-logs"],
    off: ["--no-logs"],
    default: true,
    help: "Show the logs of operations among the events",
  }),
  jsonOutput: flag({ flags: ["--json-output"], help: "Write events as JSON lines" }),
  withWorkerNames: workerNamesOption("-w"),
};

/** The same for commands whose `-w` is the workflow. */
export const eventOptionsBesideWorkflow = { ...eventOptions, withWorkerNames: workerNamesOption() };
