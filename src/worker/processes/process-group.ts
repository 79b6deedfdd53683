import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { type Clock, systemClock } from "../../lib/clock.ts";

/** How long a process may take to end after it was asked to. */
const GRACE_MILLISECONDS = 5000;
/** How long the system may take to clear away what was killed. */
const REAP_MILLISECONDS = 2000;

export interface ProcessEnd {
  /** null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A user's process and everything it forks: one group, so that one signal reaches all of them. */
export class ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the first process of the group has ended; its children may live on. */
  readonly exited: Promise<ProcessEnd>;
  readonly #clock: Clock;

  private constructor(child: ChildProcess, clock: Clock) {
    this.child = child;
    this.#clock = clock;
    this.exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  }

  /** @throws the spawn error (ENOENT, EACCES …) */
  static async start(
    command: string,
    args: string[],
    options: SpawnOptions,
    clock = systemClock,
  ): Promise<ProcessGroup> {
    const child = spawn(command, args, { ...options, detached: true });
    await once(child, "spawn");
    return new ProcessGroup(child, clock);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Asks the group to end, and ends it when it has not after five seconds. */
  async kill(): Promise<void> {
    await endGroup(this.pid, this.#clock);
  }
}

/** SIGTERM, five seconds, SIGKILL, to the whole group. Returns when nothing of it is left. */
export async function endGroup(groupId: number, clock: Clock = systemClock): Promise<void> {
  if (!signalGroup(groupId, "SIGTERM")) return;
  if (await isGone(groupId, GRACE_MILLISECONDS, clock)) return;
  signalGroup(groupId, "SIGKILL");
  await isGone(groupId, REAP_MILLISECONDS, clock);
}

/** Looks until the group is gone; false when it is still there after so long. */
async function isGone(groupId: number, milliseconds: number, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + milliseconds;
  while (clock.now() < deadline) {
    await clock.sleep(20);
    if (!signalGroup(groupId, 0)) return true;
  }
  return false;
}

/** False when the group is gone. */
function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  if (groupId <= 1) return false;
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    return false;
  }
}
