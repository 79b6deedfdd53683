import type { JsonObject } from "../../api/resources.ts";
import type { Repositories } from "../../storage/index.ts";
import { type FilteredResource, parseFilterRules } from "../filters/filter-rules.ts";
import { type Filtered, visibleFilter } from "../filters/stored-filters.ts";
import type { Identity } from "../identity/identity.ts";
import { last, type RawQuery } from "../queries/list-query.ts";
import type { Narrowing } from "../queries/list-resources.ts";
import { badParameters } from "../refusal.ts";
import { type Constraints, constraintRules, parseConstraints } from "./constraints.ts";

/** A search, read: what its body and its query narrow a list to. */
export interface SearchNarrowing extends Narrowing {
  /** The deployment that a constraint names. */
  deploymentId?: string;
  blueprintId?: string;
}

/** What a plain list is narrowed to by `_filter_id`, and by `_group_id` where there are groups. */
export async function listNarrowing(
  read: Repositories,
  who: Identity,
  of: Filtered,
  query: RawQuery,
): Promise<Narrowing> {
  const group = of === "deployments" ? last(query["_group_id"]) : undefined;
  return {
    rules: await storedRules(read, who, of, last(query["_filter_id"])),
    ...(group ? { group } : {}),
  };
}

/**
 * What a search is narrowed to: rules, or the constraints of a blueprint's input.
 * @throws invalid_filter_rule, bad_parameters_error when constraints stand beside rules or a filter
 */
export async function searchNarrowing(
  read: Repositories,
  who: Identity,
  resource: FilteredResource,
  query: RawQuery,
  body: Record<string, unknown>,
): Promise<SearchNarrowing> {
  const of = resource === "blueprints" ? "blueprints" : "deployments";
  const { filter_rules: rules, constraints } = body;
  if (typeof (constraints ?? {}) !== "object" || Array.isArray(constraints))
    throw badParameters("constraints must be an object");
  if (constraints === undefined || constraints === null || Object.keys(constraints).length === 0) {
    const given = parseFilterRules(rules ?? [], resource);
    const listed = await listNarrowing(read, who, of, query);
    return { ...listed, rules: [...(listed.rules ?? []), ...given] };
  }
  if ((Array.isArray(rules) && rules.length > 0) || query["_filter_id"] !== undefined) {
    throw badParameters("Send either `constraints` or filter rules and `_filter_id`, not both");
  }
  return byConstraints(read, who, resource, of, parseConstraints(constraints as JsonObject));
}

async function byConstraints(
  read: Repositories,
  who: Identity,
  resource: FilteredResource,
  of: Filtered,
  constraints: Constraints,
): Promise<SearchNarrowing> {
  const { filterId, tenants, deploymentId, blueprintId } = constraints;
  return {
    rules: [...(await storedRules(read, who, of, filterId)), ...constraintRules(constraints, resource)],
    ...(tenants ? { tenants } : {}),
    ...(deploymentId ? { deploymentId } : {}),
    ...(blueprintId ? { blueprintId } : {}),
  };
}

async function storedRules(read: Repositories, who: Identity, of: Filtered, id: string | undefined) {
  if (!id) return [];
  return parseFilterRules((await visibleFilter(read, who, of, id)).value, of);
}
