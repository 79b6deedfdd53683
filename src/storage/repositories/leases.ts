import { sql } from "kysely";
import { ACTIVE_STATUSES } from "../../api/statuses.ts";
import type { Db } from "../rows.ts";

export interface Claim {
  executionId: string;
  /** Another worker had it and stopped beating. */
  takenOver: boolean;
}

/** Which worker runs which execution and installs which plugin. One that beats no more loses all that it had. */
export const leaseRepository = (db: Db) => ({
  /** Makes the worker known; its executions of an earlier life are free again. */
  async register(worker: { id: string; pid: number }, at: string): Promise<void> {
    await this.unregister(worker.id);
    await db
      .insertInto("workers")
      .values({ ...worker, started_at: at, heartbeat_at: at })
      .execute();
  },

  /** Gives back all its leases. */
  async unregister(workerId: string): Promise<void> {
    await db.deleteFrom("workers").where("id", "=", workerId).execute();
  },

  /** False when the worker was given up meanwhile: it must stop what it runs. */
  async heartbeat(workerId: string, at: string): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable("workers")
      .set({ heartbeat_at: at })
      .where("id", "=", workerId)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  /** False when the worker was given up, or is not known yet. */
  async isKnown(workerId: string): Promise<boolean> {
    const row = await db.selectFrom("workers").select("id").where("id", "=", workerId).executeTakeFirst();
    return row !== undefined;
  },

  /** Workers that have not beaten since; giving them up frees their executions. */
  async silentSince(before: string): Promise<string[]> {
    const rows = await db.selectFrom("workers").select("id").where("heartbeat_at", "<", before).execute();
    return rows.map(({ id }) => id);
  },

  workers: () => db.selectFrom("workers").selectAll().orderBy("started_at").execute(),

  /**
   * Takes active executions that nobody runs, oldest first. Workers silent since `deadBefore` are given up first.
   * Ask within a unit of work.
   */
  async claim(workerId: string, { limit, at, deadBefore }: { limit: number; at: string; deadBefore: string }) {
    const dead = (await this.silentSince(deadBefore)).filter((id) => id !== workerId);
    const orphans = new Set<string>();
    if (dead.length > 0) {
      const rows = await db.selectFrom("leases").select("execution_id").where("worker_id", "in", dead).execute();
      for (const { execution_id } of rows) orphans.add(execution_id);
      for (const id of dead) await this.unregister(id);
    }
    const free = await sql<{ id: string; started_at: string | null }>`select id, started_at from executions
      where status in (${sql.join([...ACTIVE_STATUSES])})
        and not exists (select 1 from leases as lease where lease.execution_id = executions.id)
      order by storage_id limit ${limit}`.execute(db);
    if (free.rows.length === 0) return [];
    await db
      .insertInto("leases")
      .values(free.rows.map(({ id }) => ({ execution_id: id, worker_id: workerId, claimed_at: at })))
      .execute();
    return free.rows.map(
      ({ id, started_at }): Claim => ({ executionId: id, takenOver: orphans.has(id) || started_at !== null }),
    );
  },

  /** Whose the execution is now. */
  async holder(executionId: string): Promise<string | undefined> {
    const row = await db
      .selectFrom("leases")
      .select("worker_id")
      .where("execution_id", "=", executionId)
      .executeTakeFirst();
    return row?.worker_id;
  },

  async release(executionId: string, workerId: string): Promise<void> {
    await db.deleteFrom("leases").where("execution_id", "=", executionId).where("worker_id", "=", workerId).execute();
  },

  /** Takes the installation of a plugin; false when another worker has it. Ask within a unit of work. */
  async claimPlugin(pluginId: string, workerId: string): Promise<boolean> {
    await db
      .insertInto("plugin_leases")
      .values({ plugin_id: pluginId, worker_id: workerId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const holder = await db
      .selectFrom("plugin_leases")
      .select("worker_id")
      .where("plugin_id", "=", pluginId)
      .executeTakeFirst();
    return holder?.worker_id === workerId;
  },

  async releasePlugin(pluginId: string, workerId: string): Promise<void> {
    await db.deleteFrom("plugin_leases").where("plugin_id", "=", pluginId).where("worker_id", "=", workerId).execute();
  },
});
