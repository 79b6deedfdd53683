import type { ConfigEntry } from "../../../api/manager.ts";
import type { Column } from "../../output/column.ts";

export const CONFIG_COLUMNS: readonly Column<ConfigEntry>[] = [
  { key: "name" },
  { key: "value" },
  { key: "scope" },
  { key: "updated_at" },
  { key: "is_editable" },
  { key: "admin_only" },
];
