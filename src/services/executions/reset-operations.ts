import type { TaskState } from "../../api/statuses.ts";
import type { OperationRow, UnitOfWork } from "../../storage/index.ts";

const RETRIED: readonly TaskState[] = ["rescheduled", "failed"];
const UNDER_WAY: readonly TaskState[] = ["started", "sent", "sending", "response-sent"];

/** Which tasks of a stopped execution run again when it is resumed. */
function operationsToReset(
  operations: readonly Pick<OperationRow, "id" | "state" | "parameters">[],
  { force }: { force: boolean },
): string[] {
  const superseded = new Set(operations.map(({ parameters }) => parameters["retried_task"]));
  return operations
    .filter(({ id, state }) => (RETRIED.includes(state) && !superseded.has(id)) || (force && UNDER_WAY.includes(state)))
    .map(({ id }) => id);
}

/** Sets them back to pending, with all their retries before them. */
export async function resetOperations(tx: UnitOfWork, executionId: string, how: { force: boolean }): Promise<void> {
  const operations = await tx.operations.ofExecution(executionId);
  const reset = new Set(operationsToReset(operations, how));
  for (const { id, parameters } of operations) {
    if (reset.has(id)) {
      await tx.operations.update(id, { state: "pending", parameters: { ...parameters, current_retries: 0 } });
    }
  }
}
