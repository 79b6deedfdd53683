import { rm } from "node:fs/promises";
import { isFinal } from "../api/statuses.ts";
import { isAlive } from "../lib/process-alive.ts";
import type { Database } from "../storage/index.ts";
import type { WorkerHome } from "./home.ts";

/**
 * Removes what killed workers and operations that outlived their execution have left, and what was kept for executions
 * that are deleted by now.
 */
export async function tidyUp(
  home: WorkerHome,
  { read }: Pick<Database, "read">,
  isInUse: (executionId: string) => boolean,
): Promise<void> {
  const remove = (path: string) => rm(path, { recursive: true, force: true });
  for (const pid of await home.leftOvers("workers")) if (!isAlive(Number(pid))) await remove(home.commands(pid));
  for (const id of await home.leftOvers("executions"))
    if ((await read.executions.get(id)) === undefined && !isInUse(id)) await remove(home.execution(id));
  for (const id of await home.leftOvers("scripts")) {
    const execution = await read.executions.get(id);
    if ((execution === undefined || isFinal(execution.status)) && !isInUse(id)) await remove(home.scripts(id));
  }
}
