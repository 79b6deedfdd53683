import type { JsonObject } from "../../api/resources.ts";
import { evaluateFunctions, type InputSchema, type Plan } from "../../dsl/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { type AskingDeployment, deploymentStorage } from "../functions/deployment-storage.ts";

/**
 * The plan of a blueprint with the functions in the constraints of its inputs replaced by what they mean for one
 * deployment, which need not be there yet: other inputs, what the system or other deployments say. Secrets stay closed.
 * @throws DslError
 */
export async function withKnownConstraints(
  read: Repositories,
  plan: Plan,
  deployment: AskingDeployment,
): Promise<Plan> {
  if (!Object.values(plan.inputs).some(({ constraints = [] }) => constraints.some(hasFunction))) return plan;
  const defaults = Object.entries(plan.inputs).map(([name, schema]) => [name, schema.default]);
  const inputs = { ...Object.fromEntries(defaults), ...deployment.inputs } as JsonObject;
  const storage = deploymentStorage(read, { ...deployment, inputs }, { openSecret: () => undefined });
  const known: Record<string, InputSchema> = {};
  for (const [name, schema] of Object.entries(plan.inputs)) {
    const { constraints } = await evaluateFunctions({ constraints: schema.constraints ?? [] }, {}, storage);
    known[name] = { ...schema, constraints: constraints as InputSchema["constraints"] };
  }
  return { ...plan, inputs: known };
}

const hasFunction = (constraint: object): boolean =>
  /\{"(?:get_|concat"|merge"|string_)/.test(JSON.stringify(constraint));
