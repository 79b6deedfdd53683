import type { InterDeploymentDependencyRow } from "../../storage/index.ts";

/** Who has stored a dependency: a node of one of two types, or a function of the blueprint. */
const NODE_KINDS = ["component", "sharedresource"] as const;

/** A dependency as an update tells it; where it stands in its blueprint follows from who has stored it. */
export interface DependencySummary {
  deployment: string;
  dependency_type: (typeof NODE_KINDS)[number] | "deployment";
  dependent_node: string;
  tenant: string;
}

const SAYS: Record<DependencySummary["dependency_type"], string> = {
  component: "contains",
  sharedresource: "uses a shared resource from",
  deployment: "uses capabilities of",
};

/** Stored by a component node for the deployment that it has made. */
export const isComponent = (creator: string): boolean => creator.startsWith("component.");

export function summarize({
  dependency_creator: creator,
  source_deployment_id: source,
  external_source: external,
  tenant_name: tenant,
}: InterDeploymentDependencyRow): DependencySummary {
  const [kind, node] = creator.split(".");
  return {
    deployment: source ?? (external ? `EXTERNAL:${JSON.stringify(external)}` : "<unknown deployment>"),
    dependency_type: (node !== undefined && NODE_KINDS.find((known) => known === kind)) || "deployment",
    dependent_node: node ?? "<unknown node>",
    tenant,
  };
}

export function sentence(dependency: InterDeploymentDependencyRow): string {
  const { deployment, dependency_type, dependent_node } = summarize(dependency);
  return `Deployment \`${deployment}\` ${SAYS[dependency_type]} the current deployment in its node \`${dependent_node}\``;
}
