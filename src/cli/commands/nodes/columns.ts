import type { Node } from "../../../api/resources.ts";
import type { Column } from "../../output/column.ts";

const HEAD: readonly Column<Node>[] = [
  { key: "id" },
  { key: "deployment_id" },
  { key: "blueprint_id" },
  { key: "host_id" },
  { key: "type" },
  { key: "visibility" },
  { key: "tenant_name" },
];

export const NODE_LIST_COLUMNS: readonly Column<Node>[] = [
  ...HEAD,
  { key: "number_of_instances", value: (node) => node.actual_number_of_instances },
  { key: "planned_number_of_instances", value: (node) => node.actual_planned_number_of_instances },
  { key: "created_by" },
];

/** Counted only for the nodes of one deployment. */
export const INSTANCE_COUNT_COLUMNS: readonly Column<Node>[] = [
  { key: "drifted_instances", extended: true },
  { key: "unavailable_instances", extended: true },
];

export const NODE_COLUMNS: readonly Column<Node>[] = [
  ...HEAD,
  { key: "actual_number_of_instances" },
  { key: "actual_planned_number_of_instances" },
  { key: "created_by" },
];
