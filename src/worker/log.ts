import type { Writable } from "node:stream";
import { type Clock, timestamp } from "../lib/clock.ts";

/** Lines for whoever looks after the worker; what executions say goes to their own logs. */
export interface WorkerLog {
  info(message: string): void;
  error(message: string, cause?: unknown): void;
}

export function workerLog(output: Writable, clock: Clock): WorkerLog {
  const write = (level: string, message: string) =>
    void output.write(`${timestamp(clock.now())} ${level} [${process.pid}] ${message}\n`);
  return {
    info: (message) => write("info", message),
    error: (message, cause) => write("error", cause instanceof Error ? `${message}: ${cause.stack}` : message),
  };
}
