import type { StoredValue } from "./row-codec.ts";
import type { Schema } from "./schema.ts";
import { frozenQueryBuilder } from "./sqlite.ts";

/**
 * What a copy of the database holds, in an order in which each table stands after those that it refers to. Who runs
 * what at the moment is not part of it, nor are the copies themselves.
 */
export const COPIED_TABLES = [
  "tenants",
  "users",
  "user_groups",
  "user_group_members",
  "tenant_users",
  "tenant_groups",
  "role_permissions",
  "tokens",
  "config",
  "provider_context",
  "settings",
  "sites",
  "secrets",
  "filters",
  "blueprints",
  "blueprint_labels",
  "plugins",
  "plugin_installations",
  "deployments",
  "deployment_labels",
  "deployment_groups",
  "deployment_group_members",
  "deployment_group_labels",
  "nodes",
  "node_instances",
  "executions",
  "execution_groups",
  "execution_group_members",
  "execution_schedules",
  "tasks_graphs",
  "operations",
  "events",
  "deployment_modifications",
  "deployment_updates",
  "inter_deployment_dependencies",
  "plugin_updates",
  "audit_log",
] as const satisfies (keyof Schema)[];
export type CopiedTable = (typeof COPIED_TABLES)[number];

/** A row as the database holds it. */
export type StoredRow = Readonly<Record<string, StoredValue>>;

/** Tables as they stand at one moment. */
export interface FrozenTables {
  /** In no order; each row is read when it is asked for. */
  rows(table: CopiedTable): AsyncIterable<StoredRow>;
}

/** Reads at one moment while others go on writing, on a connection of its own. */
export async function readFrozen<Result>(path: string, work: (tables: FrozenTables) => Promise<Result>) {
  const builder = frozenQueryBuilder(path);
  try {
    return await builder.transaction().execute((transaction) =>
      work({
        rows: (table) => transaction.selectFrom(table).selectAll().stream() as AsyncIterable<StoredRow>,
      }),
    );
  } finally {
    await builder.destroy();
  }
}
