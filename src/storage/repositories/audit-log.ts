import type { Row } from "../column.ts";
import { sortKey } from "../column-sql.ts";
import { type Db, rowsOf } from "../rows.ts";
import { auditLog } from "../tables/server.ts";

export type AuditRow = Row<typeof auditLog>;

export interface AuditQuery {
  creatorName?: string;
  executionId?: string;
  since?: string;
  before?: string;
  orderBy?: keyof AuditRow;
  descending?: boolean;
  offset?: number;
  size?: number;
  /** Only those that were written after this one. */
  afterId?: number;
}

/** Who changed what, when. */
export const auditLogRepository = (db: Db) => {
  const matching = ({ creatorName, executionId, since, before, afterId }: AuditQuery) => {
    let query = db.selectFrom("audit_log");
    if (creatorName !== undefined) query = query.where("creator_name", "=", creatorName);
    if (executionId !== undefined) query = query.where("execution_id", "=", executionId);
    if (since !== undefined) query = query.where("created_at", ">=", since);
    if (before !== undefined) query = query.where("created_at", "<", before);
    if (afterId !== undefined) query = query.where("id", ">", afterId);
    return query;
  };
  return {
    insertMany: rowsOf(db, auditLog, { order: "id", scoped: false }).insertMany,
    async list(query: AuditQuery): Promise<{ items: AuditRow[]; total: number }> {
      const counted = await matching(query)
        .select((eb) => eb.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      let page = matching(query)
        .selectAll()
        .orderBy(sortKey(auditLog, query.orderBy ?? "created_at", query.descending ?? false))
        .orderBy(sortKey(auditLog, "id", query.descending ?? false));
      if (query.size !== undefined) page = page.limit(query.size).offset(query.offset ?? 0);
      return { items: await page.execute(), total: Number(counted.total) };
    },
    /** Those that are older than `before`. */
    async remove({ before, creatorName, executionId }: AuditQuery & { before: string }): Promise<number> {
      let query = db.deleteFrom("audit_log").where("created_at", "<", before);
      if (creatorName !== undefined) query = query.where("creator_name", "=", creatorName);
      if (executionId !== undefined) query = query.where("execution_id", "=", executionId);
      const removed = await query.executeTakeFirst();
      return Number(removed.numDeletedRows);
    },
  };
};
