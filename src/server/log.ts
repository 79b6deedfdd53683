import type { Clock } from "../lib/clock.ts";
import { timestamp } from "../lib/clock.ts";

/** The server's own log, one line for each thing said; never a request's body or credentials. */
export interface ServerLog {
  info(message: string): void;
  error(message: string, cause?: unknown): void;
}

export const logTo = (clock: Clock, write: (line: string) => void): ServerLog => {
  const say = (level: string, message: string) => write(`${timestamp(clock.now())} ${level} ${message}\n`);
  return {
    info: (message) => say("info", message),
    error: (message, cause) => say("error", cause === undefined ? message : `${message}: ${describe(cause)}`),
  };
};

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
