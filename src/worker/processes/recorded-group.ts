import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** A process group as a later worker finds it: with the moment its first process started, in clock ticks since boot. */
export interface RecordedGroup {
  id: number;
  started: string | null;
}

/** Notes a process that has just started. The call returns when it is done. */
export function recordGroup(path: string, id: number): void {
  const group: RecordedGroup = { id, started: startOf(id) };
  appendRecord(path, { group });
}

/** Appends a line, and makes the file first if need be. It stands apart from one in the middle of which a writer died. */
export function appendRecord(path: string, line: object): void {
  const text = `\n${JSON.stringify(line)}`;
  try {
    appendFileSync(path, text, { mode: 0o600 });
  } catch {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, text, { mode: 0o600 });
  }
}

/** Process ids are used again: only a group whose first process started at the same moment is the one. */
export const isStillTheSame = ({ id, started }: RecordedGroup): boolean => started !== null && startOf(id) === started;

/** Null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
