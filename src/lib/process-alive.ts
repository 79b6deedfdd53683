import { readdirSync, readFileSync } from "node:fs";

/** Whether a process of this number runs, be it another user's. One that has ended and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  return pid > 0 && isThere(pid) && !hasEnded(statusOf(pid));
}

/** Whether a process of this group runs. Looks at all processes of the machine, where the system lets it. */
export function isGroupAlive(groupId: number): boolean {
  if (groupId <= 1 || !isThere(-groupId)) return false;
  const members = statuses().filter((status) => status.group === groupId);
  return members.length === 0 || !members.every(hasEnded);
}

function isThere(pid: number): boolean {
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

interface Status {
  /** One letter, as `ps` shows it. */
  state: string;
  group: number;
}

/** Undefined where the system does not tell. */
function statusOf(pid: number | string): Status | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Behind the program's name, which may hold anything.
    const [state = "", , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, group: Number(group) };
  } catch {
    return undefined;
  }
}

function statuses(): Status[] {
  try {
    const names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return names.map(statusOf).filter((status) => status !== undefined);
  } catch {
    return [];
  }
}

/** Where nobody reaps orphans, as in a container without an init, the dead can be signalled for ever. */
const hasEnded = (status: Status | undefined): boolean => status?.state === "Z" || status?.state === "X";
