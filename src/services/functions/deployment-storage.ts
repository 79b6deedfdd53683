import type { JsonObject } from "../../api/resources.ts";
import { type EvaluationStorage, evaluateCapabilities, type StoredNodeInstance } from "../../dsl/index.ts";
import type { DeploymentRow, NodeInstanceRow, Repositories, SecretRow } from "../../storage/index.ts";
import { CONSUMER_LABEL } from "../inter-deployment-dependencies/consumers.ts";
import { found } from "../refusal.ts";

export interface StorageOptions {
  /** The secret's value in the clear; undefined when it is as good as not there. */
  openSecret(row: SecretRow): string | undefined | Promise<string | undefined>;
}

/** As much of a deployment as its functions ask for. */
export type AskingDeployment = Pick<
  DeploymentRow,
  "tenant_name" | "id" | "inputs" | "display_name" | "blueprint_id" | "created_by"
>;

/** Answers what the intrinsic functions of one deployment ask for, as the database has it now. */
export function deploymentStorage(
  read: Repositories,
  deployment: AskingDeployment,
  options: StorageOptions,
): EvaluationStorage {
  const { tenant_name: tenant, id } = deployment;
  return {
    input: (name) => deployment.inputs?.[name],
    secret: async (name) => {
      const row = await read.secrets.get(tenant, name);
      return row && options.openSecret(row);
    },
    node: async (nodeId) => {
      const row = await read.nodes.get(tenant, id, nodeId);
      return row && { id: row.id, properties: row.properties };
    },
    nodeInstance: async (instanceId) => {
      const row = await read.nodeInstances.get(tenant, instanceId);
      return row && storedInstance(row);
    },
    nodeInstances: async (nodeId) =>
      (await read.nodeInstances.ofDeployment(tenant, id))
        .filter(({ node_id }) => node_id === nodeId)
        .map(storedInstance),
    capability: async (deploymentId, name) => (await capabilitiesOf(read, tenant, deploymentId, options))[name],
    groupCapabilities: (groupId) => groupCapabilities(read, tenant, groupId, options),
    label: async (key) => {
      const labels = (await read.deploymentLabels.of(tenant, [id])).get(id) ?? [];
      const values = labels.filter((label) => label.key === key).map(({ value }) => value);
      return values.length === 0 ? undefined : values;
    },
    sys: (entity, property) => systemProperty(deployment, entity, property),
    consumers: async () => {
      const labels = (await read.deploymentLabels.of(tenant, [id])).get(id) ?? [];
      const ids = labels.filter(({ key }) => key === CONSUMER_LABEL).map(({ value }) => value);
      const names = await read.deployments.named(tenant, ids, ["id", "display_name"]);
      return names.map((each) => ({ id: each.id, name: each.display_name }));
    },
  };
}

/** A deployment's capabilities with their functions evaluated. @throws not_found_error */
export async function capabilitiesOf(
  read: Repositories,
  tenant: string,
  deploymentId: string,
  options: StorageOptions,
): Promise<JsonObject> {
  const deployment = found(await read.deployments.get(tenant, deploymentId), "Deployment", deploymentId);
  const declared = (deployment.capabilities ?? {}) as Record<string, { value?: unknown }>;
  return (await evaluateCapabilities(declared, deploymentStorage(read, deployment, options))) as JsonObject;
}

/** Ordered by deployment; undefined when there is no such group. */
async function groupCapabilities(read: Repositories, tenant: string, groupId: string, options: StorageOptions) {
  if (!(await read.deploymentGroups.get(tenant, groupId))) return undefined;
  const { items } = await read.deployments.list({
    scope: { tenants: [tenant], privateOf: "everyone" },
    fields: ["id"],
    group: groupId,
    sort: [{ field: "id", descending: false }],
  });
  return Promise.all(
    items.map(async ({ id }) => ({
      deploymentId: id,
      capabilities: await capabilitiesOf(read, tenant, id, options),
    })),
  );
}

function systemProperty(deployment: AskingDeployment, entity: string, property: string): string | undefined {
  if (entity === "tenant") return property === "name" ? deployment.tenant_name : undefined;
  if (entity !== "deployment") return undefined;
  const { id, display_name: name, blueprint_id: blueprint, created_by: owner } = deployment;
  return { id, name, blueprint, owner }[property];
}

const storedInstance = (row: NodeInstanceRow): StoredNodeInstance => ({
  id: row.id,
  node_id: row.node_id,
  index: row.index,
  runtime_properties: row.runtime_properties,
  relationships: row.relationships as unknown as StoredNodeInstance["relationships"],
  scaling_groups: row.scaling_groups as unknown as StoredNodeInstance["scaling_groups"],
});
