import type { Label } from "../../api/resources.ts";
import { type Db, inParts } from "../rows.ts";

export type LabelTable = "blueprint_labels" | "deployment_labels" | "deployment_group_labels";

export const labelRepository = (db: Db, table: LabelTable) => ({
  /** The labels of several resources of a tenant, by resource id, in the order in which they were set. */
  async of(tenant: string, resourceIds: readonly string[]): Promise<Map<string, Label[]>> {
    const labels = new Map<string, Label[]>(resourceIds.map((id) => [id, []]));
    for (const part of inParts(resourceIds)) {
      const rows = await db
        .selectFrom(table)
        .select(["resource_id", "key", "value", "created_at", "created_by"])
        .where("tenant_name", "=", tenant)
        .where("resource_id", "in", [...part])
        .orderBy("storage_id")
        .execute();
      for (const { resource_id, ...label } of rows) labels.get(resource_id)?.push(label);
    }
    return labels;
  },

  /** Sets exactly these; labels that stay keep the time and the user that set them. */
  async replace(tenant: string, resourceId: string, labels: readonly Label[]): Promise<void> {
    const wanted = new Set(labels.map(({ key, value }) => `${key}\0${value}`));
    const present = (await this.of(tenant, [resourceId])).get(resourceId) ?? [];
    for (const { key, value } of present) {
      if (!wanted.has(`${key}\0${value}`)) await this.remove(tenant, resourceId, key, value);
    }
    await this.add(tenant, resourceId, labels);
  },

  /** Adds what is not there yet. */
  async add(tenant: string, resourceId: string, labels: readonly Label[]): Promise<void> {
    if (labels.length === 0) return;
    await db
      .insertInto(table)
      .values(labels.map((label) => ({ ...label, tenant_name: tenant, resource_id: resourceId })))
      .onConflict((conflict) => conflict.columns(["tenant_name", "resource_id", "key", "value"]).doNothing())
      .execute();
  },

  /** Removes one label, or all with the key. */
  async remove(tenant: string, resourceId: string, key: string, value?: string): Promise<void> {
    let query = db
      .deleteFrom(table)
      .where("tenant_name", "=", tenant)
      .where("resource_id", "=", resourceId)
      .where("key", "=", key);
    if (value !== undefined) query = query.where("value", "=", value);
    await query.execute();
  },

  /** Which resources carry a label with one of the values, in the order in which the labels were set. */
  async holders(
    tenant: string,
    key: string,
    values: readonly string[],
  ): Promise<{ resource_id: string; value: string }[]> {
    if (values.length === 0) return [];
    return db
      .selectFrom(table)
      .select(["resource_id", "value"])
      .where("tenant_name", "=", tenant)
      .where("key", "=", key)
      .where("value", "in", [...values])
      .orderBy("storage_id")
      .execute();
  },

  /** The keys in use in a tenant. */
  async keys(tenant: string): Promise<string[]> {
    const rows = await db
      .selectFrom(table)
      .select("key")
      .distinct()
      .where("tenant_name", "=", tenant)
      .orderBy("key")
      .execute();
    return rows.map(({ key }) => key);
  },

  /** The values in use under a key. */
  async values(tenant: string, key: string): Promise<string[]> {
    const rows = await db
      .selectFrom(table)
      .select("value")
      .distinct()
      .where("tenant_name", "=", tenant)
      .where("key", "=", key)
      .orderBy("value")
      .execute();
    return rows.map(({ value }) => value);
  },
});
