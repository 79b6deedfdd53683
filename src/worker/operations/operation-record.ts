import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { TaskOutcome } from "../../workflow/index.ts";
import { endGroup } from "../processes/process-group.ts";

interface Recorded {
  /** The process groups of the last attempt, with the moment their first process started, in clock ticks since boot. */
  groups: { id: number; started: string | null }[];
  outcome: TaskOutcome | null;
}

/**
 * What is known of an operation outside of this process's memory: which processes it has, and how it ended. So a worker
 * that takes over neither runs it beside itself nor repeats what has come to an end.
 */
export class OperationRecord {
  readonly #path: string;
  #recorded: Recorded = { groups: [], outcome: null };

  constructor(directory: string, taskId: string) {
    this.#path = join(directory, `${taskId}.json`);
  }

  /** Written at once, by a call that returns when it is done: the process has started already. */
  started(groupId: number): void {
    this.#recorded.groups.push({ id: groupId, started: startOf(groupId) });
    this.#write();
  }

  ended(outcome: TaskOutcome): void {
    this.#recorded = { groups: [], outcome };
    this.#write();
  }

  /** How an earlier attempt ended, if it did. Processes that it left are ended first. */
  async settle(): Promise<TaskOutcome | null> {
    const recorded = this.#read();
    if (recorded === null || recorded.outcome !== null) return recorded?.outcome ?? null;
    await Promise.all(recorded.groups.filter(isStillTheSame).map(({ id }) => endGroup(id)));
    return null;
  }

  #write(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    writeFileSync(this.#path, JSON.stringify(this.#recorded), { mode: 0o600 });
  }

  #read(): Recorded | null {
    try {
      return JSON.parse(readFileSync(this.#path, "utf8")) as Recorded;
    } catch {
      // There is none, or the worker died while it wrote it: then the operation has only just begun.
      return null;
    }
  }
}

/** Ends the processes that a dead worker left to an execution. */
export async function endRecorded(directory: string): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  await Promise.all(files.map((file) => new OperationRecord(directory, basename(file, ".json")).settle()));
}

export const removeRecords = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });

/** Process ids are used again: only a group whose first process started at the same moment is ours. */
const isStillTheSame = ({ id, started }: Recorded["groups"][number]): boolean =>
  started !== null && startOf(id) === started;

/** Null where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
