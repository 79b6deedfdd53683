import type { Page } from "../../api/paging.ts";
import { DEFAULT_PAGE_SIZE } from "../../api/paging.ts";
import type { FilterRule, Listed, Repositories, ListRequest as StoredListRequest } from "../../storage/index.ts";
import { type Identity, isAdmin } from "../identity/identity.ts";
import { badParameters } from "../refusal.ts";
import { project } from "../views.ts";
import { type ListRequest, type ListRules, parseListQuery, type RawQuery } from "./list-query.ts";

export interface ResourceList<Row, Resource extends object> extends ListRules {
  /** Columns that `_search` looks into. */
  searchIn?: readonly string[];
  /** Columns behind fields of another name. */
  columns?: Readonly<Record<string, string>>;
  /** Fields that can be neither filtered nor sorted by: no column holds them. */
  computed?: readonly string[];
  /** Narrows what is listed, whatever the query says. */
  only?: StoredListRequest["filters"];
  /** Narrows it further, by what a search or a stored filter says. */
  narrowing?: Narrowing;
  rows(request: StoredListRequest): Promise<Listed<Row>>;
  view(rows: readonly Row[], include: readonly string[] | undefined): Promise<Resource[]> | Resource[];
}

/** Conditions beyond equality of fields. */
export interface Narrowing {
  rules?: readonly FilterRule[];
  /** Only resources of these tenants, among those that the caller may see. */
  tenants?: readonly string[];
  /** Only members of this group. */
  group?: string;
  /** Only these, or all but these. */
  ids?: readonly string[];
  withoutIds?: readonly string[];
}

/** The columns behind the forms in which every resource repeats its visibility. */
const COMMON_COLUMNS: Readonly<Record<string, string>> = { resource_availability: "visibility" };

/** One page of a kind of resource, as far as the caller may see it. @throws as `parseListQuery` */
export async function listResources<Row, Resource extends object>(
  read: Repositories,
  who: Identity,
  query: RawQuery,
  list: ResourceList<Row, Resource>,
): Promise<Page<Partial<Resource>>> {
  const request = parseListQuery(query, { defaultSize: await pageSize(read), ...list });
  const { items, total, filtered } = await list.rows(storedRequest(who, request, list));
  const views = await list.view(items, request.include);
  return {
    metadata: { pagination: { total, size: request.size, offset: request.offset }, filtered },
    items: views.map((view) => project(view, request.include)),
  };
}

/** All rows that a list would show, page by page; what it would say about pages and fields is left aside. */
export async function allRows<Row>(
  who: Identity,
  query: RawQuery,
  list: Omit<ResourceList<Row, object>, "view">,
): Promise<Row[]> {
  const request = { ...parseListQuery({ ...query, _include: undefined }, list), all: true };
  return (await list.rows(storedRequest(who, request, list))).items;
}

export async function pageSize(read: Repositories): Promise<number> {
  const [configured] = await read.config.named("default_page_size");
  return typeof configured?.value === "number" ? configured.value : DEFAULT_PAGE_SIZE;
}

function storedRequest<Row>(
  who: Identity,
  request: ListRequest,
  { searchIn = ["id"], columns = {}, computed = [], only, narrowing = {} }: Omit<ResourceList<Row, object>, "view">,
): StoredListRequest {
  const column = (field: string): string => {
    if (computed.includes(field))
      throw badParameters(`The field ${field} is computed: it can be neither filtered nor sorted by`);
    return columns[field] ?? COMMON_COLUMNS[field] ?? field;
  };
  return {
    scope: scopeOf(who, request.allTenants),
    rules: narrowing.rules ?? [],
    ranges: request.ranges.map(({ field, ...bounds }) => ({ field: column(field), ...bounds })),
    ...(narrowing.group === undefined ? {} : { group: narrowing.group }),
    filters: {
      ...Object.fromEntries(Object.entries(request.filters).map(([field, wanted]) => [column(field), wanted])),
      ...(narrowing.tenants ? { tenant_name: narrowing.tenants } : {}),
      ...(narrowing.ids ? { id: narrowing.ids } : {}),
      ...only,
    },
    ...(narrowing.withoutIds ? { excluded: { id: narrowing.withoutIds } } : {}),
    sort: request.sort.map(({ field, descending }) => ({ field: column(field), descending })),
    ...(request.search === undefined ? {} : { search: [{ text: request.search, fields: searchIn }] }),
    ...(request.all ? {} : { size: request.size, offset: request.offset }),
  };
}

/** What the caller may see: the tenant of the request or all of its tenants; private things only its own. */
const scopeOf = (who: Identity, allTenants = false): StoredListRequest["scope"] => ({
  tenants: allTenants ? (who.permissions.has("all_tenants") ? "all" : who.tenants) : [who.tenant],
  privateOf: isAdmin(who) ? "everyone" : who.username,
});
