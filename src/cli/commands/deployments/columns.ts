import type { Deployment } from "../../../api/resources.ts";
import type { Column } from "../../output/column.ts";
import { labelsColumn } from "../blueprints/columns.ts";

export const DEPLOYMENT_COLUMNS: readonly Column<Deployment>[] = [
  { key: "id" },
  { key: "display_name" },
  { key: "blueprint_id", priority: 1 },
  { key: "created_at" },
  { key: "updated_at" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "site_name" },
  labelsColumn,
  { key: "deployment_status", priority: 2 },
  { key: "installation_status", priority: 1 },
  { key: "sub_services_count", extended: true },
  { key: "sub_services_status", extended: true },
  { key: "sub_environments_count", extended: true },
  { key: "sub_environments_status", extended: true },
  { key: "unavailable_instances", extended: true },
  { key: "drifted_instances", extended: true },
];
