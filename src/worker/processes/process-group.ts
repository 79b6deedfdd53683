import type { Duplex, Readable } from "node:stream";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { isGroupAlive } from "../../lib/process-alive.ts";

/** How long a process may take to end after it was asked to. */
const GRACE_MILLISECONDS = 5000;
/** How long the system may take to end what was killed. */
const KILL_MILLISECONDS = 2000;
const LOOK_EVERY_MILLISECONDS = 20;
/** Looks that only ask whether the group can be signalled; then comes one at all processes, the next after twice as many. */
const FIRST_LOOKS = 4;

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
  await isGone(groupId, KILL_MILLISECONDS, clock);
}

/** Looks until nothing of the group runs; false when something still does after so long. */
async function isGone(groupId: number, milliseconds: number, clock: Clock): Promise<boolean> {
  const deadline = clock.now() + milliseconds;
  for (let looks = 1, thorough = FIRST_LOOKS; clock.now() < deadline; looks++) {
    await clock.sleep(LOOK_EVERY_MILLISECONDS);
    if (!signalGroup(groupId, 0)) return true;
    if (looks < thorough) continue;
    // What has ended can be signalled as long as nobody has reaped it.
    if (!isGroupAlive(groupId)) return true;
    thorough = 2 * looks;
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
