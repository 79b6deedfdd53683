import type { Json, JsonObject } from "../../api/resources.ts";
import { evaluateFunctions } from "../../dsl/index.ts";
import type { Database, ExecutionRow } from "../../storage/index.ts";
import { capabilitiesOf, deploymentStorage, type StorageOptions } from "./deployment-storage.ts";

/** Node instances on whose behalf functions are evaluated. */
export interface FunctionContext {
  self?: string;
  source?: string;
  target?: string;
}

export type OfDeployment = Pick<ExecutionRow, "tenant_name" | "deployment_id">;

/** Replaces the intrinsic functions in a value by what they mean now. @throws Error */
export type Evaluate = (value: Json, context: FunctionContext) => Promise<Json>;

const FUNCTION = /^(get_|concat$|merge$|string_)/;

/** Evaluates intrinsic functions of deployments; a value without any costs nothing but a look at it. */
export function executionEvaluator({ read }: Database, options: StorageOptions) {
  return {
    evaluator:
      (execution: OfDeployment): Evaluate =>
      async (value, context) => {
        if (!hasFunctions(value)) return value;
        const deployment = await read.deployments.get(execution.tenant_name, execution.deployment_id ?? "");
        if (deployment === undefined) throw new Error(`Deployment ${execution.deployment_id} does not exist any more`);
        const { value: evaluated } = await evaluateFunctions(
          { value },
          context,
          deploymentStorage(read, deployment, options),
        );
        return evaluated as Json;
      },
    capabilities: (execution: OfDeployment): Promise<JsonObject> =>
      capabilitiesOf(read, execution.tenant_name, execution.deployment_id ?? "", options),
  };
}

function hasFunctions(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasFunctions);
  const keys = Object.keys(value);
  return (keys.length === 1 && FUNCTION.test(keys[0] ?? "")) || Object.values(value).some(hasFunctions);
}
