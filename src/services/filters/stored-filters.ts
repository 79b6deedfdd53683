import type { Page } from "../../api/paging.ts";
import type { Filter, FilterRule } from "../../api/selection.ts";
import type { Visibility } from "../../api/statuses.ts";
import type { FilterRow, Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { alreadyExists, badParameters, notFound, Refusal } from "../refusal.ts";
import { project, visibilityForms } from "../views.ts";
import { widened } from "../visibility.ts";
import { parseFilterRules } from "./filter-rules.ts";

/** What a stored filter selects from. */
export type Filtered = "blueprints" | "deployments";

const RESERVED_PREFIX = "csys-";

const FILTER_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "value",
  "updated_at",
  "is_system_filter",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "labels_filter_rules",
  "attrs_filter_rules",
] as const satisfies (keyof Filter)[];

const repository = <R extends Repositories>(tx: R, of: Filtered) =>
  of === "blueprints" ? tx.blueprintFilters : tx.deploymentFilters;

const modelOf = (of: Filtered): string => (of === "blueprints" ? "BlueprintsFilter" : "DeploymentsFilter");
const tableOf = (of: Filtered): string => `${of}_filters`;

export function listFilters(
  read: Repositories,
  who: Identity,
  of: Filtered,
  query: RawQuery,
): Promise<Page<Partial<Filter>>> {
  authorize(who, "filter_list");
  return listResources(read, who, query, {
    fields: FILTER_FIELDS,
    computed: ["private_resource", "labels_filter_rules", "attrs_filter_rules"],
    rows: repository(read, of).list,
    view: (rows) => rows.map(filterView),
  });
}

export async function getFilter(read: Repositories, who: Identity, of: Filtered, id: string, query: RawQuery) {
  authorize(who, "filter_get");
  const include = parseInclude(query["_include"], FILTER_FIELDS);
  return project(filterView(await visibleFilter(read, who, of, id)), include);
}

/** @throws not_found_error */
export async function visibleFilter(read: Repositories, who: Identity, of: Filtered, id: string): Promise<FilterRow> {
  const row = await repository(read, of).get(who.tenant, id);
  if (!row || (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who))) {
    throw notFound(modelOf(of), id);
  }
  return row;
}

/** @throws conflict_error when there is one of that id; invalid_filter_rule */
export async function createFilter(
  tx: UnitOfWork,
  who: Identity,
  of: Filtered,
  id: string,
  { rules, visibility }: { rules: unknown; visibility: Visibility },
): Promise<Filter> {
  authorize(who, "filter_create");
  validateIdentifier("filter_id", id);
  if (id.toLowerCase().startsWith(RESERVED_PREFIX)) {
    throw badParameters(`Filters that begin with ${RESERVED_PREFIX} are the server's own: choose another id`);
  }
  if (visibility === "global") authorize(who, "create_global_resource");
  const value = parseFilterRules(rules, of);
  if (await repository(tx, of).get(who.tenant, id)) throw alreadyExists(modelOf(of), id, who.tenant);
  const now = tx.now();
  await repository(tx, of).insert({
    id,
    tenant_name: who.tenant,
    visibility,
    created_by: who.username,
    created_at: now,
    updated_at: now,
    filtered_resource: of,
    value: value.map((rule) => ({ ...rule })),
  });
  await recordChange(tx, who, tableOf(of), id, "create");
  return filterView(await visibleFilter(tx, who, of, id));
}

/**
 * Rules of one kind replace those of that kind and leave the others; rules of both kinds replace all.
 * @throws illegal_action_error for a filter of the server's own, or when there is nothing to change
 */
export async function changeFilter(
  tx: UnitOfWork,
  who: Identity,
  of: Filtered,
  id: string,
  change: { rules?: unknown; visibility?: unknown },
): Promise<Filter> {
  authorize(who, "filter_update");
  const filter = await ownFilter(tx, who, of, id);
  if (change.rules === undefined && change.visibility === undefined) {
    throw new Refusal("illegal_action_error", "Nothing to change: send `filter_rules` or `visibility`");
  }
  const visibility =
    change.visibility === undefined
      ? filter.visibility
      : widened(modelOf(of), id, filter.visibility, change.visibility);
  if (visibility === "global" && filter.visibility !== "global") authorize(who, "resource_set_global");
  const value =
    change.rules === undefined
      ? filter.value
      : replacedRules(filter.value as unknown as FilterRule[], parseFilterRules(change.rules, of));
  await repository(tx, of).update(filter.tenant_name, id, {
    value: value.map((rule) => ({ ...rule })),
    visibility,
    updated_at: tx.now(),
  });
  await recordChange(tx, who, tableOf(of), id, "update");
  return filterView(await visibleFilter(tx, who, of, id));
}

export async function deleteFilter(tx: UnitOfWork, who: Identity, of: Filtered, id: string): Promise<void> {
  authorize(who, "filter_delete");
  const { tenant_name } = await ownFilter(tx, who, of, id);
  await repository(tx, of).remove(tenant_name, id);
  await recordChange(tx, who, tableOf(of), id, "delete");
}

/** @internal */
function replacedRules(stored: readonly FilterRule[], given: readonly FilterRule[]): FilterRule[] {
  const kinds = new Set(given.map(({ type }) => type));
  return [...stored.filter(({ type }) => !kinds.has(type)), ...given];
}

async function ownFilter(tx: UnitOfWork, who: Identity, of: Filtered, id: string): Promise<FilterRow> {
  const filter = await visibleFilter(tx, who, of, id);
  if (filter.is_system_filter) {
    throw new Refusal("illegal_action_error", `Filter ${id} is the server's own; it cannot be changed or deleted`);
  }
  if (filter.tenant_name !== who.tenant) {
    throw new Refusal(
      "illegal_action_error",
      `Filter ${id} belongs to the tenant ${filter.tenant_name}: change it there`,
    );
  }
  return filter;
}

function filterView(row: FilterRow): Filter {
  const rules = row.value as unknown as FilterRule[];
  return {
    created_at: row.created_at,
    id: row.id,
    visibility: row.visibility,
    value: rules,
    updated_at: row.updated_at,
    is_system_filter: row.is_system_filter,
    tenant_name: row.tenant_name,
    created_by: row.created_by,
    ...visibilityForms(row.visibility),
    labels_filter_rules: rules.filter(({ type }) => type === "label"),
    attrs_filter_rules: rules.filter(({ type }) => type === "attribute"),
  };
}
