import type { JsonObject } from "../../api/resources.ts";
import { DslError, evaluateOutputs } from "../../dsl/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { capabilitiesOf, deploymentStorage, type StorageOptions } from "../functions/deployment-storage.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { visibleDeployment } from "./list.ts";

/** The values of a deployment's outputs as of now. @throws deployment_outputs_evaluation_error */
export async function deploymentOutputs(
  read: Repositories,
  who: Identity,
  id: string,
  options: StorageOptions,
): Promise<JsonObject> {
  authorize(who, "deployment_modification_outputs");
  const deployment = await visibleDeployment(read, who, id);
  const declared = (deployment.outputs ?? {}) as Record<string, { value?: unknown }>;
  const storage = deploymentStorage(read, deployment, options);
  return evaluated("deployment_outputs_evaluation_error", () => evaluateOutputs(declared, storage));
}

/** What a deployment offers others. @throws deployment_capabilities_evaluation_error */
export async function deploymentCapabilities(
  read: Repositories,
  who: Identity,
  id: string,
  options: StorageOptions,
): Promise<JsonObject> {
  authorize(who, "deployment_capabilities");
  const { tenant_name } = await visibleDeployment(read, who, id);
  return evaluated("deployment_capabilities_evaluation_error", () => capabilitiesOf(read, tenant_name, id, options));
}

async function evaluated(
  code: "deployment_outputs_evaluation_error" | "deployment_capabilities_evaluation_error",
  evaluate: () => Promise<Record<string, unknown>>,
): Promise<JsonObject> {
  try {
    return (await evaluate()) as JsonObject;
  } catch (error) {
    if (error instanceof DslError) throw new Refusal(code, error.message);
    throw error;
  }
}
