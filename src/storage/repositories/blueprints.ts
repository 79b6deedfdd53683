import { sql } from "kysely";
import type { Row } from "../column.ts";
import { escaped } from "../filter-rules.ts";
import { type Db, rowsOf } from "../rows.ts";
import { blueprints } from "../tables/blueprints.ts";
import { tenantRows } from "../tenant-rows.ts";

export type BlueprintRow = Row<typeof blueprints>;

export const blueprintRepository = (db: Db) => {
  const shape = { order: "created_at", heavy: ["plan"], labels: "blueprint_labels" };
  const rows = rowsOf(db, blueprints, shape);
  return {
    ...tenantRows(db, blueprints, shape),
    /** Ids of the tenant's blueprints whose plan was made with this one in it. */
    async importing(tenant: string, id: string): Promise<string[]> {
      // Plans are large: only those that hold the name at all are read.
      const candidates = await rows.find(sql<boolean>`blueprints.tenant_name = ${tenant}
        and blueprints.plan like ${`%"${escaped(id)}"%`} escape '\\'`);
      return candidates.flatMap((row) => {
        const imported = row.plan?.["imported_blueprints"];
        return Array.isArray(imported) && imported.includes(id) ? [row.id] : [];
      });
    },
  };
};
