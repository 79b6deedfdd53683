import type { Page } from "../../api/paging.ts";
import type { Client, Query } from "../../client/index.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { parseRules } from "../inputs/filter-rules.ts";
import type { RowsOptions } from "../output/output.ts";

interface ListArguments {
  offset: number;
  size: number;
  sortBy: string;
  descending: boolean;
  allTenants?: boolean;
  search?: string | undefined;
}

/** What every list asks for: which page, in which order, of whom. */
export const pageQuery = ({ offset, size, sortBy, descending, allTenants, search }: ListArguments) => ({
  _all_tenants: allTenants,
  _search: search,
  _offset: offset,
  _size: size,
  _sort: descending ? `-${sortBy}` : sortBy,
});

/** Writes one page of a list, and says on stderr how much of the whole it is. */
export async function showPage<Row>(
  ctx: Context,
  { items, metadata }: Page<Row>,
  { noun, ...options }: RowsOptions<Row> & { noun: string },
): Promise<ExitCode> {
  await ctx.output.rows(items, options);
  const { filtered } = metadata;
  const hidden = filtered ? ` (${filtered} hidden by filter)` : "";
  ctx.notice(`Showing ${items.length} of ${metadata.pagination.total} ${noun}${hidden}`);
  return ExitCode.Ok;
}

/** A page of what rules and a stored filter let through: rules travel in a body, so they make it a search. */
export async function filteredPage<Row>(
  client: Client,
  resource: "blueprints" | "deployments",
  query: Query,
  rules: { labelsRule: readonly string[]; attrsRule: readonly string[] },
): Promise<Page<Row>> {
  const filterRules = parseRules(rules);
  if (filterRules.length === 0) return await client.rest.page<Row>(resource, query);
  return await client.rest.page<Row>(`searches/${resource}`, query, { json: { filter_rules: filterRules } });
}
