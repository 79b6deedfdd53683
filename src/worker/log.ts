import { writeSync } from "node:fs";
import { type Clock, timestamp } from "../lib/clock.ts";

/** Lines for whoever looks after the worker; what executions say goes to their own logs. */
export interface WorkerLog {
  info(message: string): void;
  error(message: string, cause?: unknown): void;
}

const STDERR = 2;

/** Writes to stderr, which is the worker's log file when the server has started it. */
export function workerLog(clock: Clock): WorkerLog {
  const write = (level: string, message: string) => {
    try {
      writeSync(STDERR, `${timestamp(clock.now())} ${level} [${process.pid}] ${message}\n`);
    } catch {
      // On a full disk the worker goes on without a log.
    }
  };
  return {
    info: (message) => write("info", message),
    error: (message, cause) => write("error", cause instanceof Error ? `${message}: ${cause.stack}` : message),
  };
}
