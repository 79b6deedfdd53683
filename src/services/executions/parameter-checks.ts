import type { Json } from "../../api/resources.ts";
import { checkParameters, DslError, evaluateFunctions } from "../../dsl/index.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { deploymentStorage, type StorageOptions } from "../functions/deployment-storage.ts";
import { Refusal } from "../refusal.ts";
import { withObjects } from "../searches/object-lookup.ts";
import type { ParameterChecks, ParameterDeclaration } from "./merge-parameters.ts";

/** Types whose values name something that must exist. */
const OBJECT_TYPES: readonly string[] = [
  "blueprint_id",
  "deployment_id",
  "secret_key",
  "capability_value",
  "scaling_group",
  "node_id",
  "node_type",
  "node_instance",
  "operation_name",
];

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
  const isObject = type !== undefined && OBJECT_TYPES.includes(type);
  if (!isObject && constraints.length === 0) return undefined;
  const schema = { ...(isObject ? { type } : {}), ...(item_type ? { item_type } : {}), constraints };
  const context = { tenant: deployment.tenant_name, deploymentId: deployment.id };
  const { wrong } = await withObjects(tx, context, (objects) =>
    checkParameters({ [name]: schema }, { [name]: value }, { objects }),
  );
  const [first] = wrong;
  if (!first || !isObject) return first?.message;
  const written = typeof value === "string" ? value : pythonRepr(value);
  return `Value '${written}' of '${name}' is not a valid value for data type '${type}'.`;
}
