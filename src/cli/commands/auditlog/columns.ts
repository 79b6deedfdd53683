import type { AuditRecord } from "../../../api/manager.ts";
import type { Column } from "../../output/column.ts";

export const AUDIT_COLUMNS: readonly Column<AuditRecord>[] = [
  { key: "id", extended: true },
  { key: "ref_table", extended: true },
  { key: "ref_id", extended: true },
  { key: "ref_identifier", extended: true },
  { key: "operation", whole: true },
  { key: "ref_object", value: (record) => objectOf(record), whole: true },
  { key: "creator_name" },
  { key: "execution_id" },
  { key: "created_at" },
];

/** What was changed: `default_tenant:blueprints:app`, or its number where it has no id. */
export function objectOf({ ref_table, ref_id, ref_identifier }: AuditRecord): string {
  const { tenant_name: tenant, id = ref_id } = ref_identifier ?? {};
  return `${tenant ? `${tenant}:` : ""}${ref_table}:${id}`;
}
