import type { Deployment, Workflow } from "../../../api/resources.ts";
import type { Column } from "../../output/column.ts";

/** A workflow with the deployment it is one of: alone it does not say. */
export interface DeploymentWorkflow extends Workflow {
  blueprint_id: string;
  deployment_id: string;
}

export const workflowsOf = ({ id, blueprint_id, workflows }: Deployment): DeploymentWorkflow[] =>
  workflows.map((workflow) => ({ ...workflow, blueprint_id, deployment_id: id }));

export const NAME_COLUMNS: readonly Column<DeploymentWorkflow>[] = [
  { key: "blueprint_id" },
  { key: "deployment_id" },
  { key: "name" },
];
