import type { DeploymentModification } from "../../../../api/deployment-changes.ts";
import type { Column } from "../../../output/column.ts";

export const MODIFICATION_COLUMNS: readonly Column<DeploymentModification>[] = [
  { key: "id" },
  { key: "workflow_id", value: ({ context }) => context?.["workflow_id"] },
  { key: "execution_id", value: ({ context }) => context?.["execution_id"] },
  { key: "status" },
  { key: "tenant_name" },
  { key: "created_at" },
  { key: "visibility" },
  { key: "ended_at", extended: true },
  { key: "deployment_id", extended: true },
  { key: "modified_nodes", extended: true },
  { key: "node_instances", extended: true },
];
