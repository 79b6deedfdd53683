import type { Secret } from "../../../api/secrets.ts";
import type { Column } from "../../output/column.ts";

export const SECRET_COLUMNS: readonly Column<Secret>[] = [
  { key: "key" },
  { key: "created_at" },
  { key: "updated_at" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "is_hidden_value" },
  { key: "provider_name" },
];
