import type { Json, JsonObject } from "../../api/resources.ts";
import type { DeploymentPlan, PlanNode, PlanNodeInstance } from "../../dsl/index.ts";
import type { DeploymentRow, NewNode, NewNodeInstance, UnitOfWork } from "../../storage/index.ts";
import { insertDependencies } from "../inter-deployment-dependencies/change.ts";
import { dependenciesOf } from "../inter-deployment-dependencies/of-plan.ts";
import type { LabelPair } from "../labels/parse-labels.ts";
import { found } from "../refusal.ts";
import { addDeploymentLabels } from "./labels.ts";
import { refuseWithoutCapabilities } from "./required-capabilities.ts";

export interface DeploymentKey {
  tenant_name: string;
  id: string;
}

/**
 * Makes a deployment what its prepared plan says: description, inputs, workflows, outputs, nodes and node instances.
 * @throws not_found_error when the deployment was deleted meanwhile
 * @throws deployment_creation_error when its environment lacks a capability that the blueprint requires
 */
export async function createEnvironment(
  tx: UnitOfWork,
  { tenant_name, id }: DeploymentKey,
  plan: DeploymentPlan,
): Promise<void> {
  const deployment = found(await tx.deployments.get(tenant_name, id), "Deployment", id);
  await tx.deployments.update(tenant_name, id, {
    ...planAttributes(plan),
    updated_at: tx.now(),
  });
  await addDeploymentLabels(tx, { tenant_name, id }, planLabels(plan), deployment.created_by);
  await refuseWithoutCapabilities(tx, deployment, plan);
  await tx.nodes.insertMany(plan.nodes.map((node) => nodeRow(deployment, node)));
  await tx.nodeInstances.insertMany(nodeInstanceRows(deployment, plan.node_instances));
  await insertDependencies(
    tx,
    { tenant: tenant_name, username: deployment.created_by },
    deployment,
    dependenciesOf(plan),
  );
}

/** What a plan says of the deployment itself. */
export const planAttributes = (plan: DeploymentPlan) => ({
  description: plan.description,
  inputs: document(plan.inputs),
  outputs: document(plan.outputs),
  capabilities: document(plan.capabilities),
  groups: document(plan.groups),
  scaling_groups: document(plan.scaling_groups),
  policy_triggers: document(plan.policy_triggers),
  policy_types: document(plan.policy_types),
  workflows: document(plan.workflows),
  resource_tags: document(plan.resource_tags),
});

export function nodeRow(deployment: DeploymentRow, node: PlanNode): NewNode {
  const counts = node.capabilities.scalable.properties;
  return {
    ...ownerOf(deployment),
    id: node.id,
    host_id: node.host_id ?? null,
    type: node.type,
    type_hierarchy: node.type_hierarchy,
    properties: document(node.properties),
    operations: document(node.operations),
    plugins: list(node.plugins),
    plugins_to_install: list(node.plugins_to_install ?? []),
    relationships: list(node.relationships) as JsonObject[],
    number_of_instances: counts.current_instances,
    planned_number_of_instances: counts.planned_instances,
    deploy_number_of_instances: counts.default_instances,
    min_number_of_instances: counts.min_instances,
    max_number_of_instances: counts.max_instances,
  };
}

/** Instances count from 1 within their node, on from those that are there already. */
export function nodeInstanceRows(
  deployment: DeploymentRow,
  instances: readonly PlanNodeInstance[],
  highestIndex: ReadonlyMap<string, number> = new Map(),
): NewNodeInstance[] {
  const counters = new Map(highestIndex);
  return instances.map((instance) => {
    const index = (counters.get(instance.node_id) ?? 0) + 1;
    counters.set(instance.node_id, index);
    return {
      ...ownerOf(deployment),
      id: instance.id,
      node_id: instance.node_id,
      host_id: instance.host_id ?? null,
      index,
      relationships: list(instance.relationships) as JsonObject[],
      scaling_groups: list(instance.scaling_groups ?? []) as JsonObject[],
      runtime_properties: {},
      system_properties: {},
      state: "uninitialized",
      version: 1,
      has_configuration_drift: false,
      is_status_check_ok: false,
    };
  });
}

const ownerOf = ({ tenant_name, id, visibility, created_by }: DeploymentRow) => ({
  tenant_name,
  deployment_id: id,
  visibility,
  created_by,
});

/** Labels whose values are known already; others wait for what their functions ask for. */
export const planLabels = ({ labels }: Pick<DeploymentPlan, "labels">): LabelPair[] =>
  Object.entries(labels ?? {}).flatMap(([key, { values }]) =>
    values
      .filter((value) => typeof value !== "object")
      .map((value) => ({ key: key.toLowerCase(), value: String(value) })),
  );

// What the parser made is JSON; only its declared types say less.
const document = (value: unknown): JsonObject => (value ?? {}) as JsonObject;
const list = (value: readonly unknown[]): Json[] => value as Json[];
