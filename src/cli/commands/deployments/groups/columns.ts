import type { DeploymentGroup } from "../../../../api/groups.ts";
import type { Column } from "../../../output/column.ts";

export const GROUP_COLUMNS: readonly Column<DeploymentGroup>[] = [
  { key: "id" },
  { key: "deployments", value: ({ deployment_ids: ids }) => ids.length },
  { key: "description" },
  { key: "default_blueprint_id" },
  { key: "deployment_ids", extended: true },
  { key: "default_inputs", extended: true },
];
