import type { ExecutionGroup } from "../../api/groups.ts";
import type { ExecutionGroupRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { found } from "../refusal.ts";
import { project } from "../views.ts";
import { EXECUTION_GROUP_FIELDS, executionGroupViews } from "./view.ts";

export function listExecutionGroups(read: Repositories, who: Identity, query: RawQuery) {
  authorize(who, "execution_group_list");
  return listResources(read, who, query, {
    fields: EXECUTION_GROUP_FIELDS,
    computed: ["private_resource", "execution_ids", "status"],
    rows: read.executionGroups.list,
    view: (rows) => executionGroupViews(read, rows, { members: flag(query, "_get_data") }),
  });
}

/** @throws not_found_error */
export async function getExecutionGroup(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<ExecutionGroup>> {
  authorize(who, "execution_group_get");
  const include = parseInclude(query["_include"], EXECUTION_GROUP_FIELDS);
  return project(await wholeExecutionGroup(read, await executionGroup(read, who, id)), include);
}

/** @throws not_found_error */
export const executionGroup = async (read: Repositories, who: Identity, id: string): Promise<ExecutionGroupRow> =>
  found(await read.executionGroups.get(who.tenant, id), "ExecutionGroup", id);

export async function wholeExecutionGroup(read: Repositories, row: ExecutionGroupRow): Promise<ExecutionGroup> {
  const [view] = await executionGroupViews(read, [row], { members: true });
  return found(view, "ExecutionGroup", row.id);
}
