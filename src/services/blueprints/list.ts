import type { Blueprint } from "../../api/resources.ts";
import { BLUEPRINT_STATES } from "../../api/statuses.ts";
import type { BlueprintRow, Repositories } from "../../storage/index.ts";
import { authorize, type Identity, isAdmin } from "../identity/identity.ts";
import { parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources, type Narrowing } from "../queries/list-resources.ts";
import { notFound } from "../refusal.ts";
import { listNarrowing } from "../searches/narrowing.ts";
import { project } from "../views.ts";
import { BLUEPRINT_FIELDS, blueprintViews, viewOfBlueprint } from "./view.ts";

/** Plans are large: a list holds them only when they are asked for by name. */
export async function listBlueprints(read: Repositories, who: Identity, query: RawQuery, search?: Narrowing) {
  authorize(who, "blueprint_list");
  const narrowing = search ?? (await listNarrowing(read, who, "blueprints", query));
  return listResources(read, who, query, {
    fields: BLUEPRINT_FIELDS,
    words: { state: BLUEPRINT_STATES },
    computed: ["labels", "upload_execution", "private_resource"],
    ...("is_hidden" in query ? {} : { only: { is_hidden: [false] } }),
    narrowing,
    rows: (request) => read.blueprints.list(request),
    view: (rows, include) => (include?.includes("plan") ? withPlans(read, rows) : blueprintViews(read, rows)),
  });
}

const withPlans = async (read: Repositories, rows: readonly BlueprintRow[]): Promise<Blueprint[]> => {
  const whole = await Promise.all(rows.map(({ tenant_name, id }) => read.blueprints.get(tenant_name, id)));
  return blueprintViews(
    read,
    whole.filter((row) => row !== undefined),
  );
};

export async function getBlueprint(
  read: Repositories,
  who: Identity,
  id: string,
  query: RawQuery,
): Promise<Partial<Blueprint>> {
  authorize(who, "blueprint_get");
  const include = parseInclude(query["_include"], BLUEPRINT_FIELDS);
  return project(await viewOfBlueprint(read, await visibleBlueprint(read, who, id)), include);
}

/** The blueprint, if it exists and the caller may see it. @throws not_found_error */
export async function visibleBlueprint(read: Repositories, who: Identity, id: string): Promise<BlueprintRow> {
  const row = await read.blueprints.get(who.tenant, id);
  if (!row || (row.visibility === "private" && row.created_by !== who.username && !isAdmin(who))) {
    throw notFound("Blueprint", id);
  }
  return row;
}
