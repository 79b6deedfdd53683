import type { JsonObject } from "../../api/resources.ts";
import { DslError, evaluateFunctions } from "../../dsl/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { deploymentStorage, type StorageOptions } from "./deployment-storage.ts";

export interface EvaluationRequest {
  deploymentId: string;
  payload: JsonObject;
  /** Nodes or node instances under `self`, `source` and `target`. */
  context: JsonObject;
}

/** A document with its intrinsic functions evaluated against a deployment as it is now. @throws functions_evaluation_error */
export async function evaluateInDeployment(
  read: Repositories,
  who: Identity,
  { deploymentId, payload, context }: EvaluationRequest,
  options: StorageOptions,
): Promise<JsonObject> {
  authorize(who, "functions_evaluate");
  const deployment = await visibleDeployment(read, who, deploymentId);
  const storage = deploymentStorage(read, deployment, options);
  const names = Object.fromEntries(
    ["self", "source", "target"].flatMap((role) => (typeof context[role] === "string" ? [[role, context[role]]] : [])),
  );
  try {
    return (await evaluateFunctions(payload, names, storage)) as JsonObject;
  } catch (error) {
    if (error instanceof DslError) throw new Refusal("functions_evaluation_error", error.message);
    throw error;
  }
}
