import type { Deployment } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import { allOption } from "../../bulk/options.ts";
import { bulkColumns, type Named } from "../../bulk/run-bulk.ts";
import { isSelecting } from "../../bulk/targets.ts";
import { text, type ValuesOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { filterOptions } from "../../options/filter.ts";
import { everyRow, filteredPages } from "../list-page.ts";

/** Which deployments something is done to, where they are not named. */
export const selectionOptions = {
  ...filterOptions,
  groupId: text({
    flags: ["--group-id"],
    metavar: "GROUP_ID",
    help: "Those of this group",
    complete: "deployment-group",
  }),
  all: allOption("deployments"),
};

export type Selection = ValuesOf<typeof selectionOptions>;

export const selectsDeployments = ({ filterId, labelsRule, attrsRule, groupId, all }: Selection): boolean =>
  isSelecting({ filterId, labelsRule, attrsRule, groupId, all });

/** The deployments that the options choose. @throws RestError `not_found_error` there is no such filter, or group */
export async function selectedDeployments(
  ctx: Pick<Context, "signal">,
  client: Client,
  { filterId, labelsRule, attrsRule, groupId }: Selection,
): Promise<Deployment[]> {
  const narrowed = { _filter_id: filterId, _group_id: groupId, _include: ["id", "blueprint_id"] };
  const pages = filteredPages<Deployment>(client, "deployments", narrowed, { labelsRule, attrsRule });
  const found = await everyRow(ctx, pages);
  // Of a group that is not there nothing is found, and nothing would be all that was done.
  if (found.length === 0 && groupId !== undefined) await client.deploymentGroups.get(groupId, { signal: ctx.signal });
  return found;
}

/** How deployments are called and shown when something is done to many. */
export const DEPLOYMENT_BULK = {
  noun: ["deployment", "deployments"],
  columns: bulkColumns<Deployment>([{ key: "blueprint_id", priority: 1 }]),
  detailOf: ({ blueprint_id }: Named<Deployment>) => `of ${blueprint_id}`,
} as const;
