// A plan in the form the corpus has it in: no random ids, nothing that is empty, lists without an order sorted.
import type {
  DeploymentPlan,
  Plan,
  PlanNode,
  PlanNodeInstance,
  PlanOperations,
  PlanPlugin,
} from "../../../src/dsl/index.ts";
import type { Selection } from "./case.ts";

type Json = Record<string, unknown>;

export function normalisePlan(plan: Plan | DeploymentPlan, select: Selection = {}): Json {
  const instances = "node_instances" in plan ? plan.node_instances : undefined;
  const nodeOf = new Map(instances?.map(({ id, node_id }) => [id, node_id]));
  const all: Json = {
    inputs: plan.inputs,
    outputs: plan.outputs,
    capabilities: plan.capabilities,
    nodes: plan.nodes
      .map((node) => normaliseNode(node, select))
      .sort((a, b) => compare(String(a["id"]), String(b["id"]))),
    workflows: mapValues(plan.workflows, (workflow) => ({
      ...withoutNull({ ...workflow }),
      ...(select.workflows_brief && { parameters: Object.keys(workflow.parameters).sort() }),
    })),
    groups: mapValues(plan.groups, ({ members, policies }) => withoutEmpty({ members: [...members].sort(), policies })),
    scaling_groups: mapValues(plan.scaling_groups, (group) => ({ ...group, members: [...group.members].sort() })),
    policies: plan.policies,
    policy_types: plan.policy_types,
    policy_triggers: plan.policy_triggers,
    data_types: mapValues(plan.data_types, (type) => ({ ...type })),
    labels: plan.labels,
    blueprint_labels: plan.blueprint_labels,
    resource_tags: plan.resource_tags,
    deployment_settings: plan.deployment_settings,
    metadata: plan.metadata,
    description: plan.description,
    imported_blueprints: plan.imported_blueprints,
    namespaces_mapping: plan.namespaces_mapping,
    requirements: withoutEmpty(mapValues(plan.requirements, asSet)),
    deployment_plugins_to_install: pluginNames(plan.deployment_plugins_to_install),
    workflow_plugins_to_install: pluginNames(plan.workflow_plugins_to_install),
    host_agent_plugins_to_install: pluginNames(plan.host_agent_plugins_to_install),
  };
  if ("inter_deployment_functions" in plan) {
    all["inter_deployment_functions"] = plan.inter_deployment_functions
      .map(({ function_identifier, target_deployment: [target_deployment, target_deployment_func], context }) => ({
        context: mapValues(context as Record<string, string>, (id) => nodeOf.get(id) ?? id),
        function_identifier,
        target_deployment,
        target_deployment_func,
      }))
      .sort((a, b) => compare(a.function_identifier, b.function_identifier));
  }
  const normal: Json = withoutEmpty(all);
  normal["nodes"] = all["nodes"];
  if (select.relationship_types) normal["relationship_types"] = relationshipTypes(plan);
  if (select.version) normal["version"] = plan.version;
  if (select.plugins_full)
    normal["deployment_plugins_full"] = plan.deployment_plugins_to_install.map((plugin) => withoutNull({ ...plugin }));
  if (instances) normal["instances"] = normaliseInstances(instances, nodeOf);
  if (!select.only) return normal;
  return Object.fromEntries(Object.entries(normal).filter(([key]) => select.only?.includes(key)));
}

function normaliseNode(node: PlanNode, select: Selection): Json {
  const { id, type, type_hierarchy, properties, host_id } = node;
  const normal: Json = {
    id,
    type,
    type_hierarchy,
    scalable: node.capabilities.scalable.properties,
    ...(host_id !== undefined && { host_id }),
    ...withoutEmpty({
      operations: select.nodes_brief ? Object.keys(node.operations).sort() : operations(node.operations),
      relationships: node.relationships.map(({ source_operations, target_operations, ...relationship }) => ({
        type: relationship.type,
        type_hierarchy: relationship.type_hierarchy,
        target_id: relationship.target_id,
        properties: relationship.properties,
        ...withoutEmpty({
          source_operations: select.nodes_brief ? Object.keys(source_operations).sort() : operations(source_operations),
          target_operations: select.nodes_brief ? Object.keys(target_operations).sort() : operations(target_operations),
        }),
      })),
      plugins: pluginNames(node.plugins),
      plugins_to_install: pluginNames(node.plugins_to_install ?? []),
      deployment_plugins_to_install: pluginNames(node.deployment_plugins_to_install),
    }),
  };
  if (select.nodes_brief) normal["property_names"] = Object.keys(properties).sort();
  else normal["properties"] = properties;
  return normal;
}

const operations = (all: PlanOperations): Json =>
  mapValues(all, ({ inputs, has_intrinsic_functions, ...operation }) => ({
    ...withoutNull({ ...operation }),
    ...withoutEmpty({ inputs }),
    ...(has_intrinsic_functions && { has_intrinsic_functions }),
  }));

function relationshipTypes(plan: Plan | DeploymentPlan): Json {
  return mapValues(plan.relationships, ({ properties, type_hierarchy }) => ({ properties, type_hierarchy }));
}

function normaliseInstances(instances: readonly PlanNodeInstance[], nodeOf: ReadonlyMap<string, string>): Json {
  const byNode = new Map<string, PlanNodeInstance[]>();
  for (const instance of instances) byNode.set(instance.node_id, [...(byNode.get(instance.node_id) ?? []), instance]);
  const normal: Json = {};
  for (const [node, own] of byNode) {
    const host = own[0]?.host_id;
    const chains = new Set(
      own.map(({ scaling_groups = [] }) => JSON.stringify(scaling_groups.map(({ name }) => name))),
    );
    const groupIds = new Map<string, Set<string>>();
    for (const { scaling_groups = [] } of own) {
      for (const { name, id } of scaling_groups) groupIds.set(name, (groupIds.get(name) ?? new Set()).add(id));
    }
    normal[node] = {
      count: own.length,
      ...(host !== undefined && { host_node: nodeOf.get(host) }),
      ...withoutEmpty({
        relationships: edges(own),
        scaling_groups: [...chains].map((chain) => JSON.parse(chain)).filter((chain) => chain.length > 0),
        scaling_group_instances: Object.fromEntries([...groupIds].map(([name, ids]) => [name, ids.size])),
      }),
    };
  }
  return normal;
}

function edges(instances: readonly PlanNodeInstance[]): Json[] {
  const kinds = new Map<
    string,
    { type: string; target_node: string; perInstance: Map<string, number>; targets: Set<string> }
  >();
  for (const { id, relationships } of instances) {
    for (const { type, target_name, target_id } of relationships) {
      const key = `${type} ${target_name}`;
      const kind = kinds.get(key) ?? { type, target_node: target_name, perInstance: new Map(), targets: new Set() };
      kinds.set(key, kind);
      kind.perInstance.set(id, (kind.perInstance.get(id) ?? 0) + 1);
      kind.targets.add(target_id);
    }
  }
  return [...kinds.values()].map(({ type, target_node, perInstance, targets }) => ({
    distinct_targets: targets.size,
    edges: [...perInstance.values()].reduce((sum, count) => sum + count, 0),
    edges_per_instance: [...new Set(perInstance.values())].sort((a, b) => a - b),
    target_node,
    type,
  }));
}

const pluginNames = (plugins: readonly PlanPlugin[]): string[] =>
  plugins.map(({ name, executor }) => `${name}@${executor}`).sort(compare);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const asSet = (values: readonly unknown[]): unknown[] => {
  const texts = new Set(values.map((value) => JSON.stringify(value)));
  return [...texts].sort(compare).map((text) => JSON.parse(text));
};

const mapValues = <T>(values: Readonly<Record<string, T>>, change: (value: T) => unknown): Json =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));

const withoutNull = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === "object" && Object.keys(value).length === 0);

const withoutEmpty = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
