import type { Duplex, Readable } from "node:stream";
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

/** A program of a user, and where it runs. It reads nothing from its standard input. */
export interface Program {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Whether it gets a line to this process as its descriptor 3. */
  channel?: boolean;
  /** A file that is told of the process as soon as it exists, for a worker that takes over. */
  record?: string;
}

/** A user's process and everything it forks: one group, so that one signal reaches all of them. */
export interface ProcessGroup {
  pid: number;
  stdout: Readable;
  stderr: Readable;
  channel: Duplex | null;
  /** Resolves when the first process of the group has ended; its children may live on. */
  exited: Promise<ProcessEnd>;
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
