import { DEFAULT_PAGE_SIZE, type Page } from "../../api/paging.ts";
import type { CallOptions, Client, Query } from "../../client/index.ts";
import type { Context } from "../context.ts";
import { usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { parseRules } from "../inputs/filter-rules.ts";
import type { RowsOptions } from "../output/output.ts";

interface PageArguments {
  offset?: number;
  size?: number;
  sortBy: string | undefined;
  descending: boolean;
  allTenants?: boolean;
  search?: string | undefined;
}

interface ListArguments extends PageArguments {
  /** Page after page to the end, not one. */
  all: boolean;
}

/** What every list asks for: which page, in which order, of whom. */
export function pageQuery({ offset, size, sortBy, descending, allTenants, search }: PageArguments) {
  if (descending && sortBy === undefined) {
    throw usageError("--descending needs a field to sort by", { hint: "Give it with --sort-by." });
  }
  return {
    _all_tenants: allTenants,
    _search: search,
    _offset: offset,
    _size: size,
    _sort: descending ? `-${sortBy}` : sortBy,
  };
}

type PageQuery = ReturnType<typeof pageQuery>;

/** Asks the server for one page; whatever else the list is narrowed by, the caller adds. */
export type AskPage<Row> = (query: PageQuery, call: CallOptions) => Promise<Page<Row>>;

interface ListOptions<Row> extends RowsOptions<Row> {
  /** What the rows are: "executions". */
  noun: string;
  /** For what the server cannot choose by. */
  select?: (row: Row) => boolean;
}

/** Writes one page of a list and says on stderr how much of the whole it is; with `--all` writes page after page. */
export async function showList<Row>(
  ctx: Context,
  args: ListArguments,
  ask: AskPage<Row>,
  { noun, select, ...options }: ListOptions<Row>,
): Promise<ExitCode> {
  const query = pageQuery(args);
  if (!args.all) {
    const page = await ask(query, { signal: ctx.signal });
    const hint = page.items.length < page.metadata.pagination.total ? "; --all shows every one" : "";
    const shown = select ? { ...page, items: page.items.filter(select) } : page;
    return await showPage(ctx, shown, { noun, hint, ...options });
  }
  let shown = 0;
  async function* selected(): AsyncGenerator<Row> {
    for await (const row of allPages(ctx, query, ask)) {
      if (select && !select(row)) continue;
      shown += 1;
      yield row;
    }
  }
  await ctx.output.rows(selected(), options);
  ctx.notice(`Showing all ${shown} ${noun}`);
  return ExitCode.Ok;
}

/** Every row, in memory one page at a time. What is made or deleted meanwhile may move rows between the pages. */
export async function* allPages<Row>(
  { signal }: Pick<Context, "signal">,
  query: PageQuery,
  ask: AskPage<Row>,
): AsyncGenerator<Row, void> {
  const size = query._size || DEFAULT_PAGE_SIZE;
  for (let offset = query._offset ?? 0; ; offset += size) {
    signal.throwIfAborted();
    const { items } = await ask({ ...query, _size: size, _offset: offset }, { signal });
    yield* items;
    if (items.length < size) return;
  }
}

/** Every row at once, oldest first: for what is done to each of them, which must not move the pages. */
export async function everyRow<Row>(ctx: Pick<Context, "signal">, ask: AskPage<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of allPages(ctx, pageQuery({ sortBy: "created_at", descending: false }), ask)) rows.push(row);
  return rows;
}

/** Writes what has come, and says on stderr how much of the whole it is. */
export async function showPage<Row>(
  ctx: Context,
  { items, metadata }: Page<Row>,
  { noun, hint = "", ...options }: RowsOptions<Row> & { noun: string; hint?: string },
): Promise<ExitCode> {
  await ctx.output.rows(items, options);
  const { filtered } = metadata;
  const hidden = filtered ? ` (${filtered} hidden by filter)` : "";
  ctx.notice(`Showing ${items.length} of ${metadata.pagination.total} ${noun}${hidden}${hint}`);
  return ExitCode.Ok;
}

/** Pages of what rules and a stored filter let through: rules travel in a body, so they make it a search. */
export function filteredPages<Row>(
  client: Client,
  resource: "blueprints" | "deployments",
  narrowed: Query,
  rules: { labelsRule: readonly string[]; attrsRule: readonly string[] },
): AskPage<Row> {
  const filterRules = parseRules(rules);
  const path = filterRules.length === 0 ? resource : `searches/${resource}`;
  const json = filterRules.length === 0 ? undefined : { filter_rules: filterRules };
  return (query, call) => client.rest.page<Row>(path, { ...query, ...narrowed }, { ...call, json });
}
