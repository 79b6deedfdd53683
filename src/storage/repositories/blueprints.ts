import type { Row } from "../column.ts";
import type { Db } from "../rows.ts";
import { blueprints } from "../tables/blueprints.ts";
import { tenantRows } from "../tenant-rows.ts";

export type BlueprintRow = Row<typeof blueprints>;

export const blueprintRepository = (db: Db) =>
  tenantRows(db, blueprints, { order: "created_at", heavy: ["plan"], labels: "blueprint_labels" });
