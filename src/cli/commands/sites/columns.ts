import type { Site } from "../../../api/selection.ts";
import type { Column } from "../../output/column.ts";

export const SITE_COLUMNS: readonly Column<Site>[] = [
  { key: "name" },
  { key: "location", whole: true },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_at" },
  { key: "created_by" },
];
