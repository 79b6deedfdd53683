import type { Execution } from "../../api/resources.ts";
import { EXECUTION_STATUSES } from "../../api/statuses.ts";
import type { ExecutionRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { flag, last, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { notFound } from "../refusal.ts";
import { project } from "../views.ts";
import { EXECUTION_FIELDS, executionView } from "./view.ts";

/** Executions; those of the whole manager only when they are asked for. */
export async function listExecutions(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "execution_list");
  const everything = flag(query, "_include_system_workflows") || "is_system_workflow" in query;
  const group = last(query["_group_id"]) ?? last(query["execution_group_id"]);
  return listResources(read, who, query, {
    fields: EXECUTION_FIELDS,
    words: { status: EXECUTION_STATUSES },
    ownKeys: ["execution_group_id"],
    ...(group ? { narrowing: { group } } : {}),
    computed: ["status_display", "private_resource"],
    ...(everything ? {} : { only: { is_system_workflow: [false] } }),
    rows: read.executions.list,
    view: (rows) => rows.map(executionView),
  });
}

export async function getExecution(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<Execution>> {
  authorize(who, "execution_get");
  const include = parseInclude(query["_include"], EXECUTION_FIELDS);
  const row = await read.executions.get(id);
  const isHere = row && (row.tenant_name === who.tenant || row.visibility === "global");
  if (!isHere || !mayBeSeenBy(who, row)) throw notFound("Execution", id);
  return project(executionView(row), include);
}

/** The execution, if it is one of the tenant and the caller may see it. */
export async function ownExecution(read: Repositories, who: Identity, id: string): Promise<ExecutionRow | undefined> {
  const row = await read.executions.get(id);
  return row?.tenant_name === who.tenant && mayBeSeenBy(who, row) ? row : undefined;
}

const mayBeSeenBy = (who: Identity, { visibility, created_by }: ExecutionRow): boolean =>
  visibility !== "private" || created_by === who.username || isAdmin(who);
