import { sql } from "kysely";
import { ACTIVE_STATUSES } from "../../api/statuses.ts";
import type { Change, NewRow, Row } from "../column.ts";
import { type Db, inParts, rowsOf } from "../rows.ts";
import { executions } from "../tables/executions.ts";

export type ExecutionRow = Row<typeof executions>;

const statusIn = (statuses: readonly string[]) => sql<boolean>`executions.status in (${sql.join([...statuses])})`;
const of = (tenant: string, deploymentId: string) =>
  sql<boolean>`executions.tenant_name = ${tenant} and executions.deployment_id = ${deploymentId}`;

/** Executions are known by their id alone: no two tenants have the same. */
export const executionRepository = (db: Db) => {
  const rows = rowsOf(db, executions, {
    order: "created_at",
    groups: { table: "execution_group_members", group: "execution_group_id", member: "execution_id" },
  });
  const first = async (found: Promise<ExecutionRow[]>): Promise<ExecutionRow | undefined> => (await found)[0];

  return {
    list: rows.list,
    insert: rows.insert,
    get: (id: string): Promise<ExecutionRow | undefined> => first(rows.find(sql<boolean>`executions.id = ${id}`)),
    withToken: (tokenHash: string): Promise<ExecutionRow | undefined> =>
      first(rows.find(sql<boolean>`executions.token_hash = ${tokenHash}`)),
    /** False when there is no such execution. */
    update: async (id: string, change: Change<typeof executions>): Promise<boolean> =>
      (await rows.update(sql<boolean>`executions.id = ${id}`, change)) > 0,
    async remove(ids: readonly string[]): Promise<void> {
      for (const part of inParts(ids)) await rows.remove(sql<boolean>`executions.id in (${sql.join([...part])})`);
    },
    /** Those that make the deployment busy, oldest first. */
    active: (tenant: string, deploymentId: string): Promise<ExecutionRow[]> =>
      rows.find(
        sql<boolean>`${of(tenant, deploymentId)} and ${statusIn(ACTIVE_STATUSES)} order by executions.storage_id`,
      ),
    /** Those of one deployment that wait for their turn, oldest first. */
    queued: (tenant: string, deploymentId: string): Promise<ExecutionRow[]> =>
      rows.find(
        sql<boolean>`${of(tenant, deploymentId)} and executions.status = 'queued' order by executions.storage_id`,
      ),
    /** All that wait for their turn, in any tenant, oldest first. */
    allQueued: (): Promise<ExecutionRow[]> =>
      rows.find(sql<boolean>`executions.status = 'queued' order by executions.storage_id`),
    /** All that are active, in any tenant, oldest first. */
    allActive: (): Promise<ExecutionRow[]> =>
      rows.find(sql<boolean>`${statusIn(ACTIVE_STATUSES)} order by executions.storage_id`),
    /** Whether one of this workflow is active, in any tenant. */
    isActive: async (workflowId: string): Promise<boolean> =>
      (await rows.count(sql<boolean>`executions.workflow_id = ${workflowId} and ${statusIn(ACTIVE_STATUSES)}`)) > 0,
    countActive: (): Promise<number> => rows.count(statusIn(ACTIVE_STATUSES)),
    /** A deployment's executions of one workflow, newest first. */
    ofWorkflow: (tenant: string, deploymentId: string, workflowId: string): Promise<ExecutionRow[]> =>
      rows.find(sql<boolean>`${of(tenant, deploymentId)} and executions.workflow_id = ${workflowId}
        order by executions.storage_id desc`),
    /** Adds to the counters of operations. */
    async addOperations(id: string, { total = 0, finished = 0 }): Promise<void> {
      await sql`update executions set total_operations = coalesce(total_operations, 0) + ${total},
        finished_operations = coalesce(finished_operations, 0) + ${finished} where id = ${id}`.execute(db);
    },
  };
};

export type NewExecution = NewRow<typeof executions>;
