import type { Clock } from "../lib/clock.ts";
import { ConnectionError, RestError } from "./errors.ts";
import type { TransportRequest } from "./transport.ts";

export interface RetryPolicy {
  /** How often a request that only reads is sent at most. 1: never again. */
  attempts: number;
  /** Milliseconds of the first pause; each next one is twice as long. */
  pause: number;
  clock: Clock;
  /** In [0, 1): spreads the pauses, so that many clients do not come back together. */
  random(): number;
  /** Told before each pause. */
  onRetry?(error: unknown, milliseconds: number): void;
}

/** Runs what sends a request; again when that may help and cannot do harm. */
export async function retrying<T>(policy: RetryPolicy, request: TransportRequest, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= policy.attempts || !isReading(request.method) || !isTransient(error)) throw error;
      const milliseconds = policy.pause * 2 ** (attempt - 1) * (0.5 + policy.random() / 2);
      policy.onRetry?.(error, milliseconds);
      await policy.clock.sleep(milliseconds, request.signal);
    }
  }
}

/** Only these change nothing. PUT does not count: managers create with it. */
export const isReading = (method: string): boolean => method === "GET" || method === "HEAD";

/** Worth another try: the connection broke, or a gateway says that the server behind it is away. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError)
    return !["dns", "tls", "protocol"].includes(error.kind) || error.code === "EAI_AGAIN";
  // With an envelope it is the API's own word, as in maintenance mode, and asking again at once is no use.
  return error instanceof RestError && [502, 503, 504].includes(error.status) && error.body === undefined;
}
