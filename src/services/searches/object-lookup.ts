import type { JsonObject } from "../../api/resources.ts";
import type { ObjectLookup, Plan } from "../../dsl/index.ts";
import type { FilterRule, ListRequest, Repositories } from "../../storage/index.ts";
import { parseFilterRules } from "../filters/filter-rules.ts";
import { capabilitiesOf } from "../functions/deployment-storage.ts";
import { Refusal } from "../refusal.ts";
import { allowed, type Constraints, constraintRules, parseConstraints } from "./constraints.ts";

/** Where names of objects are looked up. */
export interface ObjectContext {
  tenant: string;
  /** Whose nodes, groups and capabilities are meant, unless a constraint names another deployment. */
  deploymentId?: string;
  /** What stands for the deployment while there is none. */
  plan?: Plan;
}

interface Question {
  type: string;
  value: unknown;
  query: Readonly<Record<string, unknown>>;
}

/** Takes every object for there: whoever let the values in has asked before. */
export const ASKED_BEFORE: ObjectLookup = { hasBlueprintId: true, hasDeploymentId: true, find: (_, value) => [value] };

/**
 * Checks values of object types against what there is. The language does not wait for answers, so it is asked twice:
 * first for what it wants to know, then with the answers. @throws whatever `check` throws
 */
export async function withObjects<Result>(
  read: Repositories,
  context: ObjectContext,
  check: (objects: ObjectLookup) => Result,
): Promise<Result> {
  const known = { hasBlueprintId: context.plan !== undefined, hasDeploymentId: context.deploymentId !== undefined };
  const questions = new Map<string, Question>();
  const noting: ObjectLookup = {
    ...known,
    find(type, value, query) {
      questions.set(keyOf({ type, value, query }), { type, value, query });
      return [value];
    },
  };
  const result = check(noting);
  if (questions.size === 0) return result;
  const answers = new Map<string, boolean>();
  for (const [key, question] of questions) answers.set(key, await isThere(read, context, question));
  return check({
    ...known,
    find: (type, value, query) => (answers.get(keyOf({ type, value, query })) ? [value] : []),
  });
}

const keyOf = ({ type, value, query }: Question): string => JSON.stringify([type, value, query]);

/** The name of a pattern's constraint differs from type to type. */
const isPattern = (name: string): boolean => name.endsWith("_specs");

async function isThere(read: Repositories, context: ObjectContext, { type, value, query }: Question): Promise<boolean> {
  const pattern = Object.entries(query).find(([name]) => isPattern(name))?.[1];
  const others = Object.fromEntries(Object.entries(query).filter(([name]) => !isPattern(name)));
  const constraints = parseConstraints({ ...others, ...(pattern ? { name_pattern: pattern } : {}) } as JsonObject);
  if (type === "capability_value") return isCapability(read, context, constraints, value);
  if (typeof value !== "string") return false;
  switch (type) {
    case "blueprint_id":
      return isListed(read.blueprints.list, context, value, await rulesOf(read, context, "blueprints", constraints));
    case "deployment_id":
      return isListed(read.deployments.list, context, value, await rulesOf(read, context, "deployments", constraints));
    case "secret_key":
      return isListed(read.secrets.list, context, value, constraintRules(constraints, "secrets"), "key");
    default:
      return allowed(value, constraints) && isPartOf(read, context, type, value, constraints.deploymentId);
  }
}

/** Undefined where a filter is named that is not there: nothing passes it. */
async function rulesOf(
  read: Repositories,
  { tenant }: ObjectContext,
  resource: "blueprints" | "deployments",
  constraints: Constraints,
): Promise<FilterRule[] | undefined> {
  const rules: FilterRule[] = constraintRules(constraints, resource);
  const { filterId, tenants } = constraints;
  if (tenants) rules.push({ type: "attribute", key: "tenant_name", operator: "any_of", values: tenants });
  if (!filterId) return rules;
  const filters = resource === "blueprints" ? read.blueprintFilters : read.deploymentFilters;
  const filter = await filters.get(tenant, filterId);
  return filter && [...rules, ...parseFilterRules(filter.value, resource)];
}

async function isListed(
  list: (request: ListRequest) => Promise<{ total: number }>,
  { tenant }: ObjectContext,
  value: string,
  rules: FilterRule[] | undefined,
  key = "id",
): Promise<boolean> {
  if (!rules) return false;
  const scope = { tenants: [tenant], privateOf: "everyone" } as const;
  return (await list({ scope, filters: { [key]: [value] }, rules, size: 0 })).total > 0;
}

async function isPartOf(
  read: Repositories,
  { tenant, deploymentId: own, plan }: ObjectContext,
  type: string,
  value: string,
  named: string | undefined,
): Promise<boolean> {
  const deploymentId = named ?? own;
  if (type === "node_instance") {
    return deploymentId !== undefined && (await read.nodeInstances.get(tenant, value))?.deployment_id === deploymentId;
  }
  if (type === "scaling_group") {
    const groups = deploymentId
      ? (await read.deployments.get(tenant, deploymentId))?.scaling_groups
      : plan?.scaling_groups;
    return Object.hasOwn(groups ?? {}, value);
  }
  const nodes = deploymentId ? await read.nodes.ofDeployment(tenant, deploymentId) : (plan?.nodes ?? []);
  return nodes.some(({ id, type_hierarchy, operations }) => {
    if (type === "node_id") return id === value;
    return type === "node_type" ? type_hierarchy.includes(value) : Object.hasOwn(operations, value);
  });
}

/** The value of one of the capabilities; patterns are about their names. */
async function isCapability(
  read: Repositories,
  { tenant, deploymentId: own }: ObjectContext,
  { deploymentId: named, validValues, ...constraints }: Constraints,
  value: unknown,
): Promise<boolean> {
  const deploymentId = named ?? own;
  if (!deploymentId || (validValues && !validValues.includes(String(value)))) return false;
  try {
    const capabilities = await capabilitiesOf(read, tenant, deploymentId, { openSecret: () => undefined });
    return Object.entries(capabilities).some(
      ([name, offered]) => allowed(name, constraints) && JSON.stringify(offered) === JSON.stringify(value),
    );
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
