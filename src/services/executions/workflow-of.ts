import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentRow } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";
import { isInternal } from "./internal-workflows.ts";
import type { ParameterDeclaration } from "./merge-parameters.ts";

/** A workflow as a deployment's plan declares it. */
export interface DeclaredWorkflow {
  name: string;
  plugin: string;
  operation: string;
  parameters: Record<string, ParameterDeclaration>;
  is_cascading: boolean;
  availability_rules: JsonObject | null;
}

export const workflowsOf = ({ workflows }: Pick<DeploymentRow, "workflows">): DeclaredWorkflow[] =>
  Object.entries(workflows ?? {}).map(([name, declared]) => ({ ...(declared as unknown as DeclaredWorkflow), name }));

/**
 * The workflow of that name; undefined for one of the manager's own, which no plan declares.
 * @throws nonexistent_workflow_error
 */
export function workflowOf(deployment: DeploymentRow, workflowId: string): DeclaredWorkflow | undefined {
  const declared = workflowsOf(deployment).find(({ name }) => name === workflowId);
  if (declared || isInternal(workflowId)) return declared;
  throw new Refusal(
    "nonexistent_workflow_error",
    `Workflow ${workflowId} does not exist in the deployment ${deployment.id}`,
  );
}
