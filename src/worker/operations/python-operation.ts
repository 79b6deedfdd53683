import type { Json, JsonObject } from "../../api/resources.ts";
import type { TaskOutcome } from "../../workflow/happening.ts";
import { LineSplitter } from "../processes/lines.ts";
import { type Message, MessageChannel } from "../processes/message-channel.ts";
import type { ProcessGroup } from "../processes/process-group.ts";
import { pythonEnvironment } from "../processes/python.ts";
import { answerOperationCall } from "./host-calls.ts";
import type { LogLevel, OperationHost, OperationJob } from "./job.ts";
import { nonRecoverable, raised, retryRequested, succeeded } from "./outcome.ts";
import type { OperationRuntime } from "./runtime.ts";
import { supervise } from "./supervise.ts";

/** What the child is to run: a function of a plugin or of the blueprint, or a script that Python evaluates. */
export type PythonCall = { kind: "function"; path: string } | { kind: "script"; path: string; undecided: boolean };

/** The answer for an inline script that is no Python: the shell may understand it. */
export const PYTHON_CANNOT_READ_IT: TaskOutcome = { succeeded: false, failure: null };

/** Runs Python code of an operation in a process of its own, with `cloudify.ctx` in it. */
export async function runPythonOperation(
  job: OperationJob,
  call: PythonCall,
  host: OperationHost,
  runtime: OperationRuntime,
): Promise<TaskOutcome> {
  const wait = async (group: ProcessGroup): Promise<TaskOutcome> => {
    const ended = converse(group, { ...job, call }, host, runtime);
    const { code, signal } = await group.exited;
    const outcome = await ended();
    if (outcome !== null) return outcome;
    return signal === null
      ? nonRecoverable(`Unhandled exception occurred in operation dispatch (rc=${code})`)
      : nonRecoverable(`Process terminated (rc=-${signalNumber(signal)})`);
  };
  const { pythonSpawner, workDirectory: cwd, record } = runtime;
  const start = () => pythonSpawner.runPython({ cwd, env: pythonEnvironment(runtime), record });
  return supervise(job, start, runtime, wait);
}

/** Talks with the child until it closes the channel; the returned function waits for its last word. */
function converse(
  group: ProcessGroup,
  job: OperationJob & { call: PythonCall },
  host: OperationHost,
  runtime: OperationRuntime,
) {
  let outcome: TaskOutcome | null = null;
  const calls: Promise<void>[] = [];
  const channel = new MessageChannel(group.channel, (message) => {
    if (message["log"] !== undefined) host.log(message["level"] as LogLevel, String(message["log"]));
    else if (message["event"] !== undefined) host.event(String(message["event"]));
    else if (message["end"] !== undefined) {
      outcome = outcomeOf(message["end"] as Message);
      channel.end();
    } else calls.push(answer(message));
  });
  const answer = async (message: Message) => {
    const result = await answerOperationCall(message, { job, host, runtime }).then(
      (value) => ({ reply: message["id"], result: value }),
      (error: Error) => ({ reply: message["id"], error: { type: error.name, message: error.message } }),
    );
    channel.send(result);
  };
  followPrints(group, host);
  channel.send({ type: "operation", job: job as unknown as JsonObject, serverSocket: runtime.serverSocket });
  return async () => {
    await channel.closed;
    await Promise.all(calls);
    return outcome;
  };
}

/** Prints of user code are for people: they go to the log, and the protocol has a channel of its own. */
export function followPrints(group: ProcessGroup, host: Pick<OperationHost, "log">, level: LogLevel = "info"): void {
  for (const [stream, mark] of [
    [group.stdout, "<out>"],
    [group.stderr, "<err>"],
  ] as const) {
    const lines = new LineSplitter((line) => host.log(level, `${mark} ${line}`));
    stream.on("data", (chunk: Buffer) => lines.write(chunk));
    stream.once("close", () => lines.end());
  }
}

/** The outcome that a Python child reports. */
export function outcomeOf(end: Message): TaskOutcome {
  if (end["unreadable"] === true) return PYTHON_CANNOT_READ_IT;
  if (end["ok"] === true) return succeeded(end["result"] as Json);
  const message = String(end["message"]);
  const retryAfter = typeof end["retry_after"] === "number" ? end["retry_after"] : null;
  if (end["kind"] === "reschedule") return retryRequested(message, retryAfter);
  const kind = end["kind"] === "non-recoverable" ? "non-recoverable" : "recoverable";
  const outcome = raised(kind, String(end["type"]), message, String(end["traceback"]));
  if (!outcome.succeeded && outcome.failure !== null) outcome.failure.retryAfter = retryAfter;
  return outcome;
}

const signalNumber = (signal: NodeJS.Signals): number =>
  ({ SIGKILL: 9, SIGTERM: 15, SIGSEGV: 11, SIGABRT: 6 })[signal as string] ?? 1;
