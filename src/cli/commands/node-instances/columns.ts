import type { NodeInstance } from "../../../api/resources.ts";
import type { Column } from "../../output/column.ts";

export const NODE_INSTANCE_COLUMNS: readonly Column<NodeInstance>[] = [
  { key: "id" },
  { key: "deployment_id" },
  { key: "host_id" },
  { key: "node_id" },
  { key: "state", priority: 1 },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
];

export const PROPERTY_COLUMNS: readonly Column<NodeInstance>[] = [
  ...NODE_INSTANCE_COLUMNS,
  { key: "runtime_properties", extended: true },
  { key: "system_properties", extended: true },
];
