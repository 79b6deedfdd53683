import { type Expression, type SqlBool, sql } from "kysely";
import type { Visibility } from "../../api/statuses.ts";
import type { NewRow, Row } from "../column.ts";
import { columnSql, sortKey } from "../column-sql.ts";
import { like } from "../filter-rules.ts";
import { pageOf, type Sort, selection } from "../list.ts";
import { decode, type StoredValue } from "../row-codec.ts";
import { type Db, rowsOf } from "../rows.ts";
import { events } from "../tables/executions.ts";

export type EventRow = Row<typeof events>;
/** `reported_timestamp` is settled when the event is stored. */
export type NewEvent = Omit<NewRow<typeof events>, "reported_timestamp"> & { reported_timestamp?: string };

export interface EventQuery {
  tenant: string;
  /** Events of private executions of others than this user are left out. */
  privateOf?: string;
  /** A field equals one of the values. */
  equal?: Readonly<Record<string, readonly string[]>>;
  /** The message is like one of these, case aside; `%` and `_` are wildcards unless a backslash stands before them. */
  message?: readonly string[];
  ranges?: readonly { field: "timestamp" | "reported_timestamp"; from?: string; before?: string }[];
  sort?: readonly Sort[];
  offset?: number;
  size?: number;
  fields?: readonly string[];
}

export const eventRepository = (db: Db) => {
  const rows = rowsOf(db, events, { order: "timestamp", scoped: false });
  return {
    /**
     * Stores events in this order. The time of report never goes back within an execution, so that who reads on from
     * an offset or a time misses nothing.
     */
    async append(given: readonly NewEvent[], now: string): Promise<void> {
      const latest = new Map<string, string>();
      const reported: NewRow<typeof events>[] = [];
      for (const event of given) {
        const stream = event.execution_id ?? event.execution_group_id ?? "";
        if (!latest.has(stream)) latest.set(stream, await latestReport(db, event));
        const last = latest.get(stream) ?? "";
        const own = event.reported_timestamp ?? (now > last ? now : last);
        if (own > last) latest.set(stream, own);
        reported.push({ ...event, reported_timestamp: own });
      }
      await rows.insertMany(reported);
    },

    async list(query: EventQuery): Promise<{ items: EventRow[]; total: number }> {
      const where = conditions(query);
      const counted = await sql<{ total: number }>`select count(*) as total from events where ${where}`.execute(db);
      const total = Number(counted.rows[0]?.total ?? 0);
      const offset = query.offset ?? 0;
      if (query.size === 0 || offset >= total) return { items: [], total };
      const sorted = order(query.sort ?? []);
      const wanted = query.size === undefined ? where : pageOf(events, { where, sorted, size: query.size, offset });
      const found = await sql<
        Record<string, StoredValue>
      >`select ${selection(events, { order: "timestamp" }, query.fields)}
        from events where ${wanted} order by ${sorted}`.execute(db);
      return { items: found.rows.map((row) => decode(events.columns, row) as EventRow), total };
    },

    /** Deletes what the query matches; its order and page do not count. */
    remove: (query: EventQuery): Promise<number> => rows.remove(conditions(query)),
  };
};

async function latestReport(db: Db, event: NewEvent): Promise<string> {
  const stream = event.execution_id ? "execution_id" : "execution_group_id";
  const row = await db
    .selectFrom("events")
    .select("reported_timestamp")
    .where(stream, "=", event.execution_id ?? event.execution_group_id ?? "")
    .orderBy("reported_timestamp", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.reported_timestamp ?? "";
}

function conditions({ tenant, privateOf, equal = {}, message, ranges = [] }: EventQuery): Expression<SqlBool> {
  // Who names executions wants few events. Written so, no index of the tenant's events is weighed against theirs.
  const few = "execution_id" in equal || "execution_group_id" in equal;
  const owner = few ? sql`events.tenant_name || ''` : sql`events.tenant_name`;
  const all: Expression<SqlBool>[] = [sql<SqlBool>`${owner} = ${tenant}`];
  if (privateOf !== undefined) all.push(notPrivateOfOthers(privateOf));
  for (const [field, values] of Object.entries(equal)) {
    all.push(
      field === "execution_group_id"
        ? ofGroups(values)
        : sql<SqlBool>`${columnSql(events, field)} in (${sql.join([...values])})`,
    );
  }
  if (message?.length) {
    const patterns = message.map((pattern) => like(columnSql(events, "message"), complete(pattern)));
    all.push(sql<SqlBool>`(${sql.join(patterns, sql` or `)})`);
  }
  for (const { field, from, before } of ranges) {
    if (from) all.push(sql<SqlBool>`${columnSql(events, field)} >= ${from}`);
    if (before) all.push(sql<SqlBool>`${columnSql(events, field)} < ${before}`);
  }
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** A backslash at the end has nothing to take as itself, so it is meant itself. */
const complete = (pattern: string): string => (/(^|[^\\])(\\\\)*\\$/.test(pattern) ? `${pattern}\\` : pattern);

const notPrivateOfOthers = (username: string): Expression<SqlBool> =>
  sql<SqlBool>`not exists (select 1 from executions as execution where execution.id = events.execution_id
    and execution.visibility = ${"private" satisfies Visibility} and execution.created_by <> ${username})`;

/** A group's events: its own, and those of its executions. */
const ofGroups = (groupIds: readonly string[]): Expression<SqlBool> => {
  const ids = sql.join([...groupIds]);
  return sql<SqlBool>`(events.execution_group_id in (${ids}) or events.execution_id in
    (select member.execution_id from execution_group_members as member where member.execution_group_id in (${ids})))`;
};

function order(sort: readonly Sort[]) {
  const seen = new Set(sort.map(({ field }) => field));
  const rest = ["timestamp", "storage_id"].filter((field) => !seen.has(field));
  const descending = sort[0]?.descending ?? false;
  const keys = [...sort, ...rest.map((field) => ({ field, descending }))];
  return sql.join(keys.map((key) => sortKey(events, key.field, key.descending)));
}
