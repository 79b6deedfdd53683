/** How a worker shows that it is alive, and when it counts as dead. In milliseconds; server and worker agree on it here. */
export interface Lease {
  /** A worker that is silent for so long has lost its executions. */
  silentAfter: number;
  /** Pause between two signs of life. */
  beatEvery: number;
  /** Pause between two looks at another's signs of life. */
  checkEvery: number;
}

const DEFAULT_SECONDS = 60;

/** `CFY_WORKER_LEASE_SECONDS`, or a minute: a busy machine must not lose work for being slow. */
export function leaseOf(env: Readonly<Record<string, string | undefined>>): Lease {
  const asked = Number(env["CFY_WORKER_LEASE_SECONDS"]);
  const silentAfter = 1000 * (asked > 0 ? asked : DEFAULT_SECONDS);
  return { silentAfter, beatEvery: Math.min(silentAfter / 10, 2000), checkEvery: silentAfter / 6 };
}
