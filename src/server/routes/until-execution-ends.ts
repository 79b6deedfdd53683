import { isFinal } from "../../api/statuses.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import type { ServerContext } from "../context.ts";

/** As long as the original holds a request that waits for a blueprint or an environment. */
const PATIENCE_MILLISECONDS = 120_000;

/** The execution when it has ended, or as it is when patience ends. Undefined when it does not exist any more. */
export async function untilExecutionEnds(
  { database, closing }: ServerContext,
  executionId: string,
): Promise<ExecutionRow | undefined> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MILLISECONDS)]);
  for (;;) {
    const happened = database.changes.wait([`execution:${executionId}`], signal).catch(() => undefined);
    const execution = await database.read.executions.get(executionId);
    if (!execution || isFinal(execution.status) || signal.aborted) return execution;
    await happened;
  }
}
