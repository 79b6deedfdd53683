import type { JsonObject } from "../../api/resources.ts";
import type { NodeInstanceRow, UnitOfWork } from "../../storage/index.ts";

interface WithRelationships {
  id: string;
  relationships: readonly { target_id: string }[];
}

/** Gives stored instances the relationships that they do not have yet. */
export async function addRelationships(
  tx: UnitOfWork,
  stored: readonly NodeInstanceRow[],
  more: readonly WithRelationships[],
): Promise<void> {
  const byId = new Map(stored.map((row) => [row.id, row]));
  const added = new Map<string, JsonObject[]>();
  for (const { id, relationships } of more) {
    const row = byId.get(id);
    if (!row) continue;
    const has = added.get(id) ?? row.relationships;
    const known = new Set(has.map((each) => each["target_id"]));
    const fresh = relationships.filter(({ target_id }) => !known.has(target_id)) as unknown as JsonObject[];
    if (fresh.length > 0) added.set(id, [...has, ...fresh]);
  }
  for (const [id, relationships] of added) {
    await tx.nodeInstances.update(byId.get(id)?.tenant_name ?? "", id, "any", { relationships });
  }
}

/** Takes relationships to these instances away from all others. */
export async function dropRelationshipsTo(
  tx: UnitOfWork,
  stored: readonly NodeInstanceRow[],
  gone: ReadonlySet<string>,
): Promise<void> {
  for (const row of stored) {
    if (gone.has(row.id)) continue;
    const relationships = row.relationships.filter((each) => !gone.has(String(each["target_id"])));
    if (relationships.length < row.relationships.length) {
      await tx.nodeInstances.update(row.tenant_name, row.id, "any", { relationships });
    }
  }
}
