import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import type { DeploymentShape } from "../executions/availability.ts";

/** What decides which of a deployment's workflows are available now. */
export async function deploymentShape(
  tx: Repositories,
  { tenant_name, id }: Pick<DeploymentRow, "tenant_name" | "id">,
): Promise<DeploymentShape> {
  const [states, nodes] = await Promise.all([
    tx.nodeInstances.countByState(tenant_name, id),
    tx.nodes.ofDeployment(tenant_name, id),
  ]);
  return {
    instanceStates: [...states.keys()],
    nodeTypes: new Set(nodes.flatMap(({ type_hierarchy }) => type_hierarchy)),
  };
}
