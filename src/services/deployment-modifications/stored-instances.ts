import type { JsonObject } from "../../api/resources.ts";
import type { Modification } from "../../dsl/index.ts";
import type { NodeInstanceRow } from "../../storage/index.ts";
import { nodeInstanceView } from "../node-instances/view.ts";

/** The last index of each node. */
export function highestIndexes(instances: readonly NodeInstanceRow[]): Map<string, number> {
  const highest = new Map<string, number>();
  for (const { node_id, index } of instances) highest.set(node_id, Math.max(index, highest.get(node_id) ?? 0));
  return highest;
}

/** Instances that were there before are shown as they were, with the relationships that come or go. */
export function withStored(
  changes: Modification,
  stored: readonly NodeInstanceRow[],
): Record<keyof Modification, JsonObject[]> {
  const sides = changes as unknown as Record<string, JsonObject[]>;
  const byId = new Map(stored.map((row) => [row.id, row]));
  return Object.fromEntries(
    Object.entries(sides).map(([side, related]) => [
      side,
      related.map((one) => {
        const row = byId.get(String(one["id"]));
        if (!row) return one;
        const { modification, relationships = [] } = one;
        return { ...nodeInstanceView(row), relationships, ...(modification === undefined ? {} : { modification }) };
      }) as JsonObject[],
    ]),
  ) as Record<keyof Modification, JsonObject[]>;
}
