import type { Json } from "../../api/resources.ts";
import { checkParameters, DslError, evaluateFunctions } from "../../dsl/index.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { deploymentStorage, type StorageOptions } from "../functions/deployment-storage.ts";
import { Refusal } from "../refusal.ts";
import type { ParameterChecks, ParameterDeclaration } from "./merge-parameters.ts";

type Exists = (tx: Repositories, deployment: DeploymentRow, value: string) => Promise<boolean>;

/** Types whose values name something that must exist. */
const OBJECT_TYPES: Record<string, Exists> = {
  blueprint_id: async (tx, { tenant_name }, id) => (await tx.blueprints.get(tenant_name, id, ["id"])) !== undefined,
  deployment_id: async (tx, { tenant_name }, id) => (await tx.deployments.get(tenant_name, id, ["id"])) !== undefined,
  secret_key: async (tx, { tenant_name }, key) => (await tx.secrets.get(tenant_name, key, ["key"])) !== undefined,
  capability_value: async (_, { capabilities }, name) => name in (capabilities ?? {}),
  scaling_group: async (_, { scaling_groups }, name) => name in (scaling_groups ?? {}),
  node_id: async (tx, { tenant_name, id }, node) => (await tx.nodes.get(tenant_name, id, node)) !== undefined,
  node_type: async (tx, { tenant_name, id }, type) =>
    (await tx.nodes.ofDeployment(tenant_name, id)).some(({ type_hierarchy }) => type_hierarchy.includes(type)),
  node_instance: async (tx, { tenant_name, id }, instance) =>
    (await tx.nodeInstances.get(tenant_name, instance))?.deployment_id === id,
  operation_name: async (tx, { tenant_name, id }, operation) =>
    (await tx.nodes.ofDeployment(tenant_name, id)).some(({ operations }) => operation in operations),
};

/** How a deployment's parameters are checked against what the deployment has. */
export const parameterChecks = (
  tx: Repositories,
  deployment: DeploymentRow,
): Pick<ParameterChecks, "evaluate" | "violation"> => ({
  evaluate: (value) => evaluated(tx, deployment, value),
  violation: (name, declaration, value) => violation(tx, deployment, name, declaration, value),
});

/** A secret is opened when an operation needs it: parameters are stored, and shown to whoever may read executions. */
const NO_SECRETS: StorageOptions = { openSecret: () => undefined };

async function evaluated(tx: Repositories, deployment: DeploymentRow, value: Json): Promise<Json> {
  if (JSON.stringify(value).includes('"get_secret"')) return value;
  try {
    const storage = deploymentStorage(tx, deployment, NO_SECRETS);
    return (await evaluateFunctions({ value }, {}, storage))["value"] as Json;
  } catch (error) {
    if (!(error instanceof DslError)) throw error;
    throw new Refusal("illegal_execution_parameters_error", error.message);
  }
}

async function violation(
  tx: Repositories,
  deployment: DeploymentRow,
  name: string,
  { type, item_type, constraints = [] }: ParameterDeclaration,
  value: Json,
): Promise<string | undefined> {
  const exists = type ? OBJECT_TYPES[type] : undefined;
  if (!exists && constraints.length > 0) {
    const { wrong } = checkParameters(
      { [name]: { ...(item_type ? { item_type } : {}), constraints } },
      { [name]: value },
    );
    return wrong[0]?.message;
  }
  if (!exists || (typeof value === "string" && (await exists(tx, deployment, value)))) return undefined;
  const written = typeof value === "string" ? value : pythonRepr(value);
  return `Value '${written}' of '${name}' is not a valid value for data type '${type}'.`;
}
