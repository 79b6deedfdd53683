import type { Execution } from "../../api/resources.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import type { Client } from "../client.ts";
import { type FollowEvent, follow } from "./follow.ts";
import { executionSource } from "./source.ts";

export interface FollowExecutionOptions {
  /** The logs of operations, too; true unless said otherwise. */
  logs?: boolean;
  /** Milliseconds; none: no limit. */
  timeoutMs?: number;
  /** Aborted: stops following; the execution goes on. */
  signal?: AbortSignal;
  clock?: Clock;
}

/**
 * Follows an execution to its end: each event once, through lost connections and restarts of the server. The last thing
 * told is how it came out: `ended` with the execution, `gone`, `timed-out` or `detached`.
 * @throws RestError, ConnectionError what does not mend itself, or stays broken too long
 */
export function followExecution(
  client: Client,
  id: string,
  { logs = true, timeoutMs, signal = new AbortController().signal, clock = systemClock }: FollowExecutionOptions = {},
): AsyncGenerator<FollowEvent<Execution>> {
  return follow(executionSource(client, id, { logs }), { clock, signal, timeoutMs });
}
