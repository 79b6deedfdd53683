import type { UnitOfWork } from "../../storage/index.ts";
import type { Identity } from "../identity/identity.ts";

type Who = Pick<Identity, "username" | "tenant" | "executionId">;
type Operation = "create" | "update" | "delete";

/** Writes down who changed what. It stands in the same transaction as the change, so that neither is without the other. */
export const recordChange = (tx: UnitOfWork, who: Who, table: string, id: string, operation: Operation) =>
  recordChanges(tx, who, table, [id], operation);

/** The same of many things at once. */
export async function recordChanges(
  tx: UnitOfWork,
  who: Who,
  table: string,
  ids: readonly string[],
  operation: Operation,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.auditLog.insertMany(
    ids.map((id) => ({
      ref_table: table,
      ref_identifier: JSON.stringify({ id, tenant_name: who.tenant }),
      operation,
      creator_name: who.username,
      execution_id: who.executionId ?? "",
      created_at: tx.now(),
    })),
  );
  tx.publish("audit");
}
