import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { TaskOutcome } from "../../workflow/index.ts";
import { endGroup } from "../processes/process-group.ts";

/** A process group of the operation's attempt, with the moment its first process started, in clock ticks since boot. */
interface Group {
  id: number;
  started: string | null;
}

type Line = { group: Group } | { outcome: TaskOutcome };

/**
 * What is known of an operation outside of this process's memory: which processes it has, and how it ended. So a worker
 * that takes over neither runs it beside itself nor repeats what has come to an end. One file of JSON lines each.
 */
export class OperationRecord {
  readonly path: string;

  constructor(directory: string, taskId: string) {
    this.path = join(directory, `${taskId}.jsonl`);
  }

  /** Written at once, by a call that returns when it is done: the process has started already. */
  started(groupId: number): void {
    this.#add({ group: { id: groupId, started: startOf(groupId) } });
  }

  ended(outcome: TaskOutcome): void {
    this.#add({ outcome });
  }

  /** How an earlier attempt ended, if it did. Processes that it left are ended first. */
  async settle(): Promise<TaskOutcome | null> {
    const lines = this.#read();
    for (const line of lines) if ("outcome" in line) return line.outcome;
    const groups = lines.flatMap((line) => ("group" in line ? [line.group] : []));
    await Promise.all(groups.filter(isStillTheSame).map(({ id }) => endGroup(id)));
    return null;
  }

  /** Forgets an earlier attempt, which is to be made again. */
  clear(): void {
    rmSync(this.path, { force: true });
  }

  #add(line: Line): void {
    const text = `${JSON.stringify(line)}\n`;
    try {
      appendFileSync(this.path, text, { mode: 0o600 });
    } catch {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      appendFileSync(this.path, text, { mode: 0o600 });
    }
  }

  #read(): Line[] {
    if (!existsSync(this.path)) return [];
    return readFileSync(this.path, "utf8")
      .split("\n")
      .flatMap((line) => parsed(line));
  }
}

/** Nothing for a line in the middle of which the writer died. */
function parsed(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch {
    return [];
  }
}

/** Ends the processes that a dead worker left to an execution. */
export async function endRecorded(directory: string): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  await Promise.all(files.map((file) => new OperationRecord(directory, basename(file, ".jsonl")).settle()));
}

export const removeRecords = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });

/** Process ids are used again: only a group whose first process started at the same moment is ours. */
const isStillTheSame = ({ id, started }: Group): boolean => started !== null && startOf(id) === started;

/** Null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
