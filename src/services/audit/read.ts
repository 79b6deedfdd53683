import type { AuditRecord } from "../../api/manager.ts";
import type { AuditQuery, AuditRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";

/** One page of who changed what. */
export async function listAudit(
  read: Repositories,
  who: Identity,
  query: AuditQuery & { offset: number; size: number },
) {
  authorize(who, "audit_log_view");
  const { items, total } = await read.auditLog.list(query);
  const { offset, size } = query;
  return { items: items.map(auditRecord), metadata: { pagination: { offset, size, total } } };
}

export async function truncateAudit(
  tx: UnitOfWork,
  who: Identity,
  query: Pick<AuditQuery, "creatorName" | "executionId"> & { before: string },
): Promise<{ deleted: number }> {
  authorize(who, "audit_log_truncate");
  return { deleted: await tx.auditLog.remove(query) };
}

/** Times stand without a zone here, and unknown names not at all. */
export const auditRecord = (row: AuditRow): AuditRecord => ({
  id: row.id,
  ref_table: row.ref_table,
  ref_id: row.ref_id ?? row.id,
  ref_identifier: row.ref_identifier === null ? null : JSON.parse(row.ref_identifier),
  operation: row.operation,
  ...(row.creator_name === null ? {} : { creator_name: row.creator_name, execution_id: row.execution_id }),
  created_at: row.created_at.replace(/Z$/, ""),
});
