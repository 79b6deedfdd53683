import { formatError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { defaultLimits, type Limits } from "../limits.ts";
import type { DeploymentPlan, Plan, PlanBase, PlanNodeInstance } from "../plan.ts";
import type { Dict } from "../records.ts";
import { deploymentSites } from "./deployment-sites.ts";
import { buildEntities } from "./entities.ts";
import { resolveInputs, type ValueOptions } from "./inputs.ts";
import { type IdSuffix, instanceIds, randomSuffix } from "./instance-ids.ts";
import { connect, growUnits, nodeInstances } from "./instances.ts";
import { interDeploymentFunctions } from "./inter-deployment.ts";
import { type SecretExists, verifySecrets } from "./secrets.ts";
import { evaluatePlan, markRuntimeFunctions } from "./static-evaluation.ts";

export interface PrepareOptions extends Omit<ValueOptions, "dataTypes"> {
  inputs?: Dict;
  /** Looks up secrets. Absent: a blueprint that names one cannot be deployed. */
  secretExists?: SecretExists;
  /** Leave all functions for run time. */
  runtimeOnlyEvaluation?: boolean;
  /** Ids that node instances of other deployments have. */
  existingInstanceIds?: Iterable<string>;
  limits?: Partial<Limits>;
  idSuffix?: IdSuffix;
}

/**
 * The plan of one deployment of a blueprint.
 * @throws DslError for inputs that are missing, unknown or wrong; for functions that fail; for secrets that do not
 * exist; for relationships that cannot be made between instances
 */
export async function prepareDeployment(plan: Plan, options: PrepareOptions = {}): Promise<DeploymentPlan> {
  const limits = { ...defaultLimits, ...options.limits };
  const values = resolveInputs(plan.inputs, options.inputs ?? {}, { ...options, dataTypes: plan.data_types });
  const { plan: evaluated, inputs } = options.runtimeOnlyEvaluation
    ? { plan: withKnownCounts(markRuntimeFunctions(plan)), inputs: values }
    : evaluatePlan(plan, values, limits);
  const sites = [...deploymentSites(evaluated)];
  await verifySecrets(sites, options.secretExists);
  const instances = expand(evaluated, limits, options);
  return {
    ...evaluated,
    inputs,
    node_instances: instances,
    inter_deployment_functions: interDeploymentFunctions(sites, instances),
  };
}

/** @throws DslError 1: how many instances to make is left for run time */
function withKnownCounts<P extends PlanBase>(plan: P): P {
  const counted = [
    ...plan.nodes.map(({ id, capabilities }) => [id, capabilities.scalable.properties] as const),
    ...Object.entries(plan.scaling_groups).map(([name, { properties }]) => [name, properties] as const),
  ];
  for (const [name, { current_instances: count }] of counted) {
    if (!isFunction(count)) continue;
    throw formatError(`the number of instances of ${name} is a function, and no function is evaluated now`, {
      hint: "write it as a number",
    });
  }
  return plan;
}

function expand(plan: PlanBase, limits: Limits, options: PrepareOptions): PlanNodeInstance[] {
  const entities = buildEntities(plan.nodes, plan.scaling_groups);
  const newId = instanceIds(options.existingInstanceIds ?? [], options.idSuffix ?? randomSuffix);
  const units = growUnits(
    entities.values(),
    (entity, parent) => Array.from({ length: entity.count }, () => ({ id: newId(entity.name), entity, parent })),
    limits,
  );
  return nodeInstances([...units.values()].flat(), connect(entities, units));
}
