import type { JsonObject } from "../../api/resources.ts";
import type { Plan, PlanNode } from "../../dsl/index.ts";
import type { FilterRule, Repositories } from "../../storage/index.ts";
import { visibleBlueprint } from "../blueprints/list.ts";
import { visibleDeployment } from "../deployments/list.ts";
import { deploymentCapabilities } from "../deployments/values.ts";
import type { StorageOptions } from "../functions/deployment-storage.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { last, type RawQuery } from "../queries/list-query.ts";
import { badParameters } from "../refusal.ts";
import { allowed, type Constraints, holds, parseConstraints } from "./constraints.ts";
import type { SearchNarrowing } from "./narrowing.ts";

/** Nodes are searched in one deployment, or in the plan of one blueprint. */
export interface Place {
  deploymentId?: string;
  blueprintId?: string;
}

/** @throws bad_parameters_error unless exactly one of the two is named, in the query or by a constraint */
export function placeOf(query: RawQuery, { deploymentId, blueprintId }: Place): Place {
  const deployment = last(query["deployment_id"]) ?? deploymentId;
  const blueprint = last(query["blueprint_id"]) ?? blueprintId;
  if ((deployment === undefined) === (blueprint === undefined)) {
    throw badParameters("Name exactly one of `deployment_id` and `blueprint_id`, in the query or in the constraints");
  }
  return { ...(deployment ? { deploymentId: deployment } : {}), ...(blueprint ? { blueprintId: blueprint } : {}) };
}

/** The names of the types that nodes have. */
export async function searchNodeTypes(read: Repositories, who: Identity, query: RawQuery, body: JsonObject) {
  authorize(who, "node_list");
  const constraints = parseConstraints((body["constraints"] ?? {}) as JsonObject);
  const place = placeOf(query, constraints);
  const types = place.deploymentId
    ? (await read.nodes.ofDeployment(who.tenant, (await visibleDeployment(read, who, place.deploymentId)).id)).map(
        ({ type }) => type,
      )
    : (await planOf(read, who, place.blueprintId ?? "")).nodes.map(({ type }) => type);
  return named("type", types, constraints, query, place);
}

export async function searchScalingGroups(read: Repositories, who: Identity, query: RawQuery, body: JsonObject) {
  authorize(who, "deployment_list");
  const constraints = parseConstraints((body["constraints"] ?? {}) as JsonObject);
  const place = placeOf(query, constraints);
  const groups = place.deploymentId
    ? (await visibleDeployment(read, who, place.deploymentId)).scaling_groups
    : (await planOf(read, who, place.blueprintId ?? "")).scaling_groups;
  return named("name", Object.keys(groups ?? {}), constraints, query, place);
}

/** The nodes of a blueprint's plan, in the fields that a deployment's nodes have too. */
export async function searchPlanNodes(
  read: Repositories,
  who: Identity,
  query: RawQuery,
  { rules }: SearchNarrowing,
  id: string,
) {
  authorize(who, "node_list");
  const { nodes } = await planOf(read, who, id);
  const items = nodes
    .filter((node) => (rules ?? []).every((rule) => fits(node, rule)) && contains(node.id, last(query["_search"])))
    .map((node) => ({
      id: node.id,
      blueprint_id: id,
      type: node.type,
      type_hierarchy: node.type_hierarchy,
      properties: node.properties,
      operations: node.operations,
      relationships: node.relationships,
      plugins: node.plugins,
    }));
  return page(items);
}

function fits(node: PlanNode, { key, operator, values }: FilterRule): boolean {
  if (key === "operation_name") return values.some((name) => Object.hasOwn(node.operations, name));
  return holds(operator, key === "type" ? node.type : node.id, values);
}

/** What a deployment offers, capability by capability. */
export async function searchCapabilities(
  read: Repositories,
  who: Identity,
  query: RawQuery,
  body: JsonObject,
  options: StorageOptions,
) {
  const constraints = parseConstraints((body["constraints"] ?? {}) as JsonObject);
  const id = last(query["deployment_id"]) ?? constraints.deploymentId;
  if (!id) throw badParameters("Name a `deployment_id`, in the query or in the constraints");
  const capabilities = await deploymentCapabilities(read, who, id, options);
  const { validValues, ...byName } = constraints;
  const found = Object.entries(capabilities)
    .filter(([name]) => allowed(name, byName) && contains(name, last(query["_search"])))
    // Values are what an input of this type takes; patterns are about names.
    .filter(([, value]) => validValues?.includes(String(value)) ?? true)
    .map(([name, value]) => ({ [name]: { value } }));
  return page([{ deployment_id: id, capabilities: found }]);
}

async function planOf(read: Repositories, who: Identity, id: string): Promise<Plan> {
  const { plan, state } = await visibleBlueprint(read, who, id);
  if (!plan) throw badParameters(`Blueprint ${id} is ${state}: only the plan of an uploaded blueprint can be searched`);
  return plan as unknown as Plan;
}

function named(field: string, names: readonly string[], constraints: Constraints, query: RawQuery, place: Place) {
  const found = [...new Set(names)].filter(
    (name) => allowed(name, constraints) && contains(name, last(query["_search"])),
  );
  const where = { deployment_id: place.deploymentId ?? null, blueprint_id: place.blueprintId ?? null };
  return page(found.map((name) => ({ [field]: name, ...where })));
}

const contains = (name: string, text: string | undefined): boolean =>
  text === undefined || name.toLowerCase().includes(text.toLowerCase());

const page = <Item>(items: Item[]) => ({
  metadata: { pagination: { total: items.length, size: items.length, offset: 0 }, filtered: null },
  items,
});
