import type { Repositories } from "../../storage/index.ts";

const COMPONENT_TYPE = "cloudify.nodes.Component";

/** The deployments that the component nodes of a deployment have made. */
export async function componentsOf(read: Repositories, tenant: string, deploymentId: string): Promise<string[]> {
  const nodes = await read.nodes.ofDeployment(tenant, deploymentId, ["id", "type_hierarchy"]);
  const components = new Set(nodes.filter((node) => node.type_hierarchy.includes(COMPONENT_TYPE)).map(({ id }) => id));
  if (components.size === 0) return [];
  const instances = await read.nodeInstances.ofDeployment(tenant, deploymentId);
  const made = instances
    .filter(({ node_id }) => components.has(node_id))
    .map(({ runtime_properties }) => (runtime_properties["deployment"] as { id?: unknown } | undefined)?.id)
    .filter((id) => typeof id === "string");
  const present = await read.deployments.named(tenant, made, ["id"]);
  return present.map(({ id }) => id);
}
