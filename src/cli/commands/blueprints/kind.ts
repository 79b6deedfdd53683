import type { Blueprint } from "../../../api/resources.ts";
import type { ResourceKind } from "../shapes/resource-kind.ts";
import { blueprintId } from "./blueprint-id.ts";
import { BLUEPRINT_COLUMNS } from "./columns.ts";

export const BLUEPRINT: ResourceKind<Blueprint> = {
  noun: "blueprint",
  group: "blueprints",
  id: { ...blueprintId, metavar: "BLUEPRINT_ID" },
  example: "app",
  title: "Blueprint:",
  columns: BLUEPRINT_COLUMNS,
};
