import { existsSync, readFileSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { TaskOutcome } from "../../workflow/index.ts";
import { endGroup } from "../processes/process-group.ts";
import { appendRecord, isStillTheSame, type RecordedGroup } from "../processes/recorded-group.ts";

type Line = { group: RecordedGroup } | { outcome: TaskOutcome };

/**
 * What is known of an operation outside of this process's memory: which processes it has, and how it ended. So a worker
 * that takes over neither runs it beside itself nor repeats what has come to an end. One file of JSON lines each.
 */
export class OperationRecord {
  /** Whoever starts the operation's processes notes them here. */
  readonly path: string;

  constructor(directory: string, taskId: string) {
    this.path = join(directory, `${taskId}.jsonl`);
  }

  ended(outcome: TaskOutcome): void {
    appendRecord(this.path, { outcome });
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

/** Ends the processes that a dead worker left to an execution; those of tasks that run in this one stay. */
export async function endRecorded(directory: string, runsHere: (taskId: string) => boolean): Promise<void> {
  const files = await readdir(directory).catch(() => []);
  const left = files.map((file) => basename(file, ".jsonl")).filter((taskId) => !runsHere(taskId));
  await Promise.all(left.map((taskId) => new OperationRecord(directory, taskId).settle()));
}

export const removeRecords = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });
