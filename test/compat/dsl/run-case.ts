import {
  type DeploymentPlan,
  DslError,
  type EvaluationStorage,
  evaluateCapabilities,
  evaluateFunctions,
  evaluateNodeProperties,
  evaluateOutputs,
  evaluateRuntimeProperties,
  type Modification,
  memoryResolver,
  modifyDeployment,
  type ObjectLookup,
  type Plan,
  parseBlueprint,
  prepareDeployment,
  type Resolver,
} from "../../../src/dsl/index.ts";
import type { Case, Stage, Storage } from "./case.ts";
import { normalisePlan } from "./normalise.ts";

export type Outcome =
  | { ok: true; stage: Stage; plan?: unknown; result?: unknown }
  | { ok: false; stage: Stage; error_class: string; error_code: number | null };

/** Stands for the folder of the case's files in resolver rules. */
const BASE = "file:/blueprint";

/** Does with a case's blueprint what the case asks for. */
export async function runCase(testCase: Case): Promise<Outcome> {
  let stage: Stage = "parse";
  try {
    const plan = await parse(testCase);
    if (testCase.evaluate) {
      stage = "evaluate";
      return { ok: true, stage, result: await evaluate(testCase.evaluate, plan) };
    }
    if (testCase.inputs === undefined && !testCase.modify) {
      return { ok: true, stage, plan: normalisePlan(plan, testCase.select) };
    }
    stage = testCase.modify ? "modify" : "prepare";
    const prepared = await prepare(testCase, plan);
    if (testCase.modify) return { ok: true, stage, result: modify(testCase.modify, prepared) };
    return { ok: true, stage, plan: normalisePlan(prepared, testCase.select) };
  } catch (error) {
    if (!(error instanceof DslError)) throw error;
    return { ok: false, stage, error_class: error.className, error_code: error.code };
  }
}

async function parse({ blueprint, files = {}, options = {}, ...catalog }: Case): Promise<Plan> {
  const result = await parseBlueprint({ location: "blueprint.yaml", text: blueprint }, resolverOf(files, catalog), {
    validateVersion: options.validate_version,
    importFallback: options.fallback,
    importRules: options.rules?.map((rule) =>
      Object.fromEntries(Object.entries(rule).map(([prefix, target]) => [prefix, target.replace("$BASE", BASE)])),
    ),
  });
  if (!result.ok) throw result.errors[0];
  return result.plan;
}

function resolverOf(
  files: Record<string, string>,
  { catalog_plugins = {}, catalog_blueprints = {} }: Pick<Case, "catalog_plugins" | "catalog_blueprints">,
): Resolver {
  return {
    ...memoryResolver(files),
    fetch: (url) => (url.startsWith(`${BASE}/`) ? (files[url.slice(BASE.length + 1)] ?? null) : null),
    plugin: ({ name }) => {
      const plugin = catalog_plugins[name];
      if (!plugin) return null;
      const { yaml: text, labels, blueprint_labels: blueprintLabels, resource_tags: resourceTags } = plugin;
      return { location: `plugin:${name}`, text, labels, blueprintLabels, resourceTags };
    },
    blueprint: (id) => {
      const found = catalog_blueprints[id];
      if (!found) return null;
      const main = { location: "blueprint.yaml", text: found["blueprint.yaml"] ?? "" };
      return { main, resolver: resolverOf(found, { catalog_plugins, catalog_blueprints }) };
    },
  };
}

function prepare({ inputs = {}, secrets, values, options = {} }: Case, plan: Plan): Promise<DeploymentPlan> {
  return prepareDeployment(plan, {
    inputs,
    secretExists: secrets && ((name) => Object.hasOwn(secrets, name)),
    objects: values && objectLookup(values),
    autoCorrectTypes: options.auto_correct_types,
    runtimeOnlyEvaluation: options.runtime_only_evaluation,
  });
}

function objectLookup({ values, ...has }: NonNullable<Case["values"]>): ObjectLookup {
  return {
    hasBlueprintId: has.has_blueprint_id ?? false,
    hasDeploymentId: has.has_deployment_id ?? false,
    find(type, _value, query) {
      const specs = Object.entries(query).find(([name]) => name.endsWith("_specs"))?.[1];
      const valid = query["valid_values"];
      return (values[type] ?? []).filter(
        (name) =>
          matches(String(name), (specs ?? {}) as Record<string, string>) &&
          (!Array.isArray(valid) || valid.includes(name)),
      );
    },
  };
}

function matches(name: string, specs: Record<string, string>): boolean {
  const fits: Record<string, (text: string) => boolean> = {
    starts_with: (text) => name.startsWith(text),
    ends_with: (text) => name.endsWith(text),
    contains: (text) => name.includes(text),
    equals_to: (text) => name === text,
  };
  return Object.entries(specs).every(([how, text]) => fits[how]?.(text) ?? true);
}

async function evaluate(wanted: NonNullable<Case["evaluate"]>, plan: Plan): Promise<unknown> {
  const { kind, payload = {}, context = {}, instance, node } = wanted;
  const stored: Storage = { ...wanted.storage };
  if (wanted.nodes_from_plan) stored.nodes = plan.nodes;
  const storage = evaluationStorage(stored);
  switch (kind) {
    case "functions":
      return evaluateFunctions(payload, context, storage);
    case "outputs":
      return evaluateOutputs(payload as Record<string, { value: unknown }>, storage);
    case "capabilities":
      return evaluateCapabilities(payload as Record<string, { value: unknown }>, storage);
    case "node": {
      const found = stored.nodes.find(({ id }) => id === node);
      return found && evaluateNodeProperties(found, storage, { instanceId: instance });
    }
    case "node_instance": {
      const found = stored.node_instances.find(({ id }) => id === instance);
      return found && evaluateRuntimeProperties(found, storage);
    }
  }
}

function evaluationStorage(stored: Storage): EvaluationStorage {
  return {
    input: (name) => stored.inputs[name],
    secret: (name) => stored.secrets[name],
    node: (id) => stored.nodes.find((node) => node.id === id),
    nodeInstance: (id) => stored.node_instances.find((instance) => instance.id === id),
    nodeInstances: (nodeId) => stored.node_instances.filter((instance) => instance.node_id === nodeId),
    capability: (deployment, name) => stored.capabilities[deployment]?.[name],
    groupCapabilities: (group, names) => {
      const capabilities = stored.group_capabilities[group];
      if (!capabilities) return undefined;
      const deployments = Math.max(...names.map((name) => capabilities[name]?.length ?? 0));
      return Array.from({ length: deployments }, (_, index) => ({
        deploymentId: `deployment_${index}`,
        capabilities: Object.fromEntries(names.map((name) => [name, capabilities[name]?.[index]])),
      }));
    },
    label: (key) => stored.labels[key],
    sys: (entity, property) => stored.sys[`${entity}.${property}`],
    consumers: () => Object.entries(stored.consumers).map(([id, name]) => ({ id, name })),
  };
}

function modify(modified: Record<string, number>, plan: DeploymentPlan) {
  const modification = modifyDeployment({
    nodes: plan.nodes,
    scalingGroups: plan.scaling_groups,
    nodeInstances: plan.node_instances,
    modified: Object.fromEntries(Object.entries(modified).map(([name, instances]) => [name, { instances }])),
  });
  const counted: Record<string, Record<string, number>> = {};
  for (const [name, instances] of Object.entries(modification) as [
    keyof Modification,
    Modification[keyof Modification],
  ][]) {
    const counts: Record<string, number> = {};
    for (const { node_id, modification: change = "related" } of instances) {
      counts[`${node_id}:${change}`] = (counts[`${node_id}:${change}`] ?? 0) + 1;
    }
    counted[name] = counts;
  }
  return counted;
}
