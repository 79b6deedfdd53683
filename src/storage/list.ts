import { type Expression, type Kysely, type SqlBool, sql } from "kysely";
import type { Visibility } from "../api/statuses.ts";
import type { Row, Table } from "./column.ts";
import { columnSql, selectList, sortKey } from "./column-sql.ts";
import { escaped, type FilterRule, labelValue, like, ruleCondition } from "./filter-rules.ts";
import { decode, type StoredValue } from "./row-codec.ts";
import type { Schema } from "./schema.ts";

export interface Sort {
  /** A field, or `label:<key>` where the resource has labels. */
  field: string;
  descending: boolean;
}

interface Range {
  field: string;
  from?: string;
  to?: string;
}

/** Which rows the asker may see at all. */
export interface Scope {
  /** Tenants whose rows are listed; global rows of the others come along. */
  tenants: readonly string[] | "all";
  /** Another user's private rows are hidden from everyone but an administrator. */
  privateOf: string | "everyone";
}

/** One page of a table. Field names have been checked against `fieldsOf` before. */
export interface ListRequest {
  scope: Scope;
  /** Fields to read; all but the heavy ones when absent. */
  fields?: readonly string[];
  /** The field equals one of the values. */
  filters?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  /** The field equals none of the values. */
  excluded?: Readonly<Record<string, readonly string[]>>;
  /** Any of these fields contains the text, case aside. */
  search?: { text: string; fields: readonly string[] }[];
  /** All of these hold. */
  rules?: readonly FilterRule[];
  /** The field is at or after `from`, and before `to`. */
  ranges?: readonly Range[];
  /** Members of this group only. */
  group?: string;
  /** More conditions, in SQL. */
  where?: Expression<SqlBool>;
  sort?: readonly Sort[];
  offset?: number;
  /** All rows when absent. */
  size?: number;
}

export interface Listed<Item> {
  items: Item[];
  total: number;
  /** How many more there were without the rules; null when there are none. */
  filtered: number | null;
}

/** What a repository says about lists of its table. */
export interface ListShape {
  /** Read only when a request names them. */
  heavy?: readonly string[];
  /** Settles the order of rows that the request's sort leaves equal. */
  order: string;
  /** False where rows have no visibility of their own. */
  scoped?: boolean;
  /** The table of the resource's labels. */
  labels?: string;
  /** The table that says which groups a row is in. */
  groups?: { table: string; group: string; member: string; tenant?: string };
}

const NEVER = sql<SqlBool>`1 = 0`;

/** The fields that a list of the table can filter by, sort by and show. */
const fieldsOf = (table: Table): string[] => Object.keys(table.columns);

/** Reads one page and counts all matches; the database does the work, whatever the table's size. */
export async function listRows<T extends Table>(
  db: Kysely<Schema>,
  table: T,
  shape: ListShape,
  request: ListRequest,
): Promise<Listed<Row<T>>> {
  const { rules = [], offset = 0, size } = request;
  const all = conditions(table, shape, request);
  const ruled = [...all, ...rules.map((rule) => ruleCondition(table, shape.labels, rule))];
  const total = await countRows(db, table, ruled);
  const filtered = rules.length === 0 ? null : (await countRows(db, table, all)) - total;
  if (size === 0 || offset >= total) return { items: [], total, filtered };
  const sorted = order(table, shape, request.sort);
  const wanted = size === undefined ? allOf(ruled) : pageOf(table, { where: allOf(ruled), sorted, size, offset });
  const found = await sql<Record<string, StoredValue>>`select ${selection(table, shape, request.fields)}
    from ${sql.table(table.name)} where ${wanted} order by ${sorted}`.execute(db);
  return { items: found.rows.map((row) => decode(table.columns, row) as Row<T>), total, filtered };
}

/**
 * The rows of one page, chosen by their numbers: what else a list shows, such as counts in other tables, is then looked
 * up for these rows alone, and not for each that took part in the sorting.
 */
export function pageOf(
  table: Table,
  page: { where: Expression<SqlBool>; sorted: Expression<unknown>; size: number; offset: number },
): Expression<SqlBool> {
  const number = columnSql(table, "storage_id");
  return sql<SqlBool>`${number} in (select ${number} from ${sql.table(table.name)} where ${page.where}
    order by ${page.sorted} limit ${page.size} offset ${page.offset})`;
}

async function countRows(db: Kysely<Schema>, table: Table, where: Expression<SqlBool>[]): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total
    from ${sql.table(table.name)} where ${allOf(where)}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

const allOf = (conditions: Expression<SqlBool>[]): Expression<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;

export const selection = (table: Table, shape: ListShape, fields?: readonly string[]) =>
  selectList(table, fields ?? fieldsOf(table).filter((field) => !shape.heavy?.includes(field)));

function conditions(table: Table, shape: ListShape, request: ListRequest): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (shape.scoped !== false) all.push(visible(table, request.scope));
  for (const [field, values] of Object.entries(request.filters ?? {})) all.push(equalsOneOf(table, field, values));
  for (const [field, values] of Object.entries(request.excluded ?? {})) {
    if (values.length > 0) all.push(sql<SqlBool>`not ${equalsOneOf(table, field, values)}`);
  }
  for (const range of request.ranges ?? []) all.push(...within(table, range));
  const searched = request.search?.flatMap(({ text, fields }) => fields.map((field) => contains(table, field, text)));
  if (searched?.length) all.push(sql<SqlBool>`(${sql.join(searched, sql` or `)})`);
  if (request.group !== undefined) all.push(inGroup(table, shape, request.group));
  if (request.where) all.push(request.where);
  return all;
}

/** Times are stored as texts, so no other column holds one. */
function within(table: Table, { field, from, to }: Range): Expression<SqlBool>[] {
  if (table.columns[field]?.kind !== "text") return [NEVER];
  const column = columnSql(table, field);
  const all: Expression<SqlBool>[] = [];
  if (from !== undefined) all.push(sql<SqlBool>`${column} >= ${from}`);
  if (to !== undefined) all.push(sql<SqlBool>`${column} < ${to}`);
  return all;
}

function inGroup(table: Table, { groups }: ListShape, id: string): Expression<SqlBool> {
  if (!groups) throw new Error(`${table.name} are in no groups`);
  const [tenant, row] = [columnSql(table, "tenant_name"), columnSql(table, "id")];
  const [key, member] = groups.tenant
    ? [sql`(${tenant}, ${row})`, sql`${sql.ref(groups.tenant)}, ${sql.ref(groups.member)}`]
    : [row, sql.ref(groups.member)];
  return sql<SqlBool>`${key} in (select ${member} from ${sql.table(groups.table)}
    where ${sql.ref(groups.group)} = ${id})`;
}

function visible(table: Table, { tenants, privateOf }: Scope): Expression<SqlBool> {
  const tenant = columnSql(table, "tenant_name");
  const visibility = columnSql(table, "visibility");
  const inTenants = tenants === "all" ? sql<SqlBool>`1 = 1` : sql<SqlBool>`${tenant} in (${sql.join([...tenants])})`;
  const open: Visibility = "private";
  const allowed =
    privateOf === "everyone"
      ? inTenants
      : sql<SqlBool>`(${inTenants} and (${visibility} <> ${open} or ${columnSql(table, "created_by")} = ${privateOf}))`;
  return tenants === "all" ? allowed : sql<SqlBool>`(${allowed} or ${visibility} = ${"global" satisfies Visibility})`;
}

function equalsOneOf(
  table: Table,
  field: string,
  values: readonly (string | number | boolean | null)[],
): Expression<SqlBool> {
  const column = columnSql(table, field);
  const given = values.flatMap((value) => (value === null ? [] : storedFilter(table, field, value)));
  const choices: Expression<SqlBool>[] = [];
  if (given.length > 0) choices.push(sql<SqlBool>`${column} in (${sql.join(given)})`);
  if (values.includes(null)) choices.push(sql<SqlBool>`${column} is null`);
  return choices.length === 0 ? NEVER : sql<SqlBool>`(${sql.join(choices, sql` or `)})`;
}

/** A filter's value arrives as text and is compared with what the column stores; nothing where it can store no such value. */
function storedFilter(table: Table, field: string, value: string | number | boolean): (string | number)[] {
  const kind = table.columns[field]?.kind;
  if (kind === "flag") return [String(value).toLowerCase() === "true" || value === 1 ? 1 : 0];
  if (kind === "integer") return [Number(value)].filter(Number.isSafeInteger);
  if (kind === "real") return [Number(value)].filter(Number.isFinite);
  return [String(value)];
}

const contains = (table: Table, field: string, text: string): Expression<SqlBool> =>
  like(columnSql(table, field), `%${escaped(text.normalize("NFKC"))}%`);

function order(table: Table, shape: ListShape, sort: readonly Sort[] = []) {
  const keys = sort.map((key) => labelKey(table, shape, key) ?? sortKey(table, key.field, key.descending));
  const seen = new Set(sort.map(({ field }) => field));
  for (const field of new Set([shape.order, "storage_id"])) {
    if (!seen.has(field) && table.columns[field]) keys.push(sortKey(table, field, false));
  }
  return sql.join(keys);
}

const LABEL = "label:";

/** Going up, resources without the label come first: no value at all is less than any. */
function labelKey(table: Table, { labels }: ListShape, { field, descending }: Sort) {
  if (labels === undefined || !field.startsWith(LABEL)) return undefined;
  const direction = sql.raw(descending ? "desc nulls last" : "asc nulls first");
  return sql`${labelValue(table, labels, field.slice(LABEL.length))} ${direction}`;
}
