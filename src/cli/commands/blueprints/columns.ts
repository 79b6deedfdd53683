import type { Blueprint } from "../../../api/resources.ts";
import { labelsText } from "../../inputs/labels.ts";
import type { Column } from "../../output/column.ts";

/** `"k:v,k2:v2"`, and an empty list where there are none: what scripts of the original find. */
export const labelsColumn: Column<Pick<Blueprint, "labels">> = {
  key: "labels",
  value: ({ labels }) => labelsText(labels) || [],
};

export const BLUEPRINT_COLUMNS: readonly Column<Blueprint>[] = [
  { key: "id" },
  { key: "description" },
  { key: "main_file_name" },
  { key: "created_at" },
  { key: "updated_at" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "state", priority: 1 },
  { key: "error" },
  labelsColumn,
];
