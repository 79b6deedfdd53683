import { sql } from "kysely";
import type { Change, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { executionSchedules } from "../tables/executions.ts";

export type ExecutionScheduleRow = Row<typeof executionSchedules>;

/** A schedule's id is unique within its deployment. */
export const executionScheduleRepository = (db: Db) => {
  const rows = rowsOf(db, executionSchedules, { order: "created_at" });
  const exactly = (tenant: string, deploymentId: string, id: string) =>
    sql<boolean>`execution_schedules.tenant_name = ${tenant} and execution_schedules.deployment_id = ${deploymentId}
      and execution_schedules.id = ${id}`;
  return {
    list: rows.list,
    insert: rows.insert,
    async get(tenant: string, deploymentId: string, id: string): Promise<ExecutionScheduleRow | undefined> {
      const [row] = await rows.find(exactly(tenant, deploymentId, id));
      return row;
    },
    update: async (tenant: string, deploymentId: string, id: string, change: Change<typeof executionSchedules>) =>
      (await rows.update(exactly(tenant, deploymentId, id), change)) > 0,
    remove: async (tenant: string, deploymentId: string, id: string) =>
      (await rows.remove(exactly(tenant, deploymentId, id))) > 0,
    /** The same while it is due at the time that the row says; false when it has been moved on since. */
    moveOn: async (due: ExecutionScheduleRow, change: Change<typeof executionSchedules>) =>
      (await rows.update(
        sql<boolean>`${exactly(due.tenant_name, due.deployment_id, due.id)} and execution_schedules.enabled = 1
          and execution_schedules.next_occurrence = ${due.next_occurrence}`,
        change,
      )) > 0,
    /** Enabled ones whose time has come, in any tenant, the longest due first. */
    due: (now: string): Promise<ExecutionScheduleRow[]> =>
      rows.find(sql<boolean>`execution_schedules.enabled = 1 and execution_schedules.next_occurrence <= ${now}
        order by execution_schedules.next_occurrence`),
    /** When the next enabled one is due; undefined when none ever is. */
    async nextOccurrence(): Promise<string | undefined> {
      const row = await db
        .selectFrom("execution_schedules")
        .select("next_occurrence")
        .where("enabled", "=", 1)
        .where("next_occurrence", "is not", null)
        .orderBy("next_occurrence")
        .limit(1)
        .executeTakeFirst();
      return row?.next_occurrence ?? undefined;
    },
  };
};
