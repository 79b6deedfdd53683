import type { UnitOfWork } from "../../storage/index.ts";
import type { Identity } from "../identity/identity.ts";

/** Writes down who changed what. It stands in the same transaction as the change, so that neither is without the other. */
export async function recordChange(
  tx: UnitOfWork,
  who: Pick<Identity, "username" | "tenant" | "executionId">,
  table: string,
  id: string,
  operation: "create" | "update" | "delete",
): Promise<void> {
  await tx.auditLog.insertMany([
    {
      ref_table: table,
      ref_identifier: JSON.stringify({ id, tenant_name: who.tenant }),
      operation,
      creator_name: who.username,
      execution_id: who.executionId ?? "",
      created_at: tx.now(),
    },
  ]);
  tx.publish("audit");
}
