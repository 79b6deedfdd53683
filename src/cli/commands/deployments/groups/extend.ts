import type { Client } from "../../../../client/index.ts";
import type { NewDeployment } from "../../../../client/resources/deployment-groups.ts";
import { command, natural, text } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { GROUP_COLUMNS } from "./columns.ts";
import { deploymentGroupName, showGroup } from "./group-name.ts";
import { isNobody, memberOptions, membersIn } from "./members.ts";

/** A server makes at most so many deployments of one request. */
const BATCH = 5000;

/** `cfy deployments groups extend` */
export const extend = command({
  name: "extend",
  summary: "Put deployments into a group, or make new ones in it",
  arguments: { deploymentGroupName },
  options: {
    ...memberOptions,
    count: natural({ flags: ["--count"], metavar: "N", help: "So many new ones of the group's default blueprint" }),
    intoEnvironments: text({
      flags: ["--into-environments"],
      metavar: "GROUP_ID",
      help: "A new one inside each environment of this group",
      complete: "deployment-group",
    }),
  },
  columns: GROUP_COLUMNS,
  exclusive: [["count", "intoEnvironments"]],
  examples: [
    ["cfy deployments groups extend edge --count 20", "twenty new ones"],
    ["cfy deployments groups extend edge -lr env=prod", "those there are with this label"],
  ],
  async run(ctx, { deploymentGroupName: id, count, intoEnvironments, tenant, ...members }) {
    if (count !== undefined && count < 1) throw usageError("--count is at least 1");
    const chosen = membersIn(members);
    if (isNobody(chosen) && count === undefined && intoEnvironments === undefined) {
      throw usageError("Which deployments?", {
        hint: "Give --count, --deployment-id, --from-group, --into-environments, a filter or rules.",
      });
    }
    const client = ctx.client({ tenant });
    const added: NewDeployment[] = Array.from({ length: count ?? 0 }, () => ({}));
    if (intoEnvironments) added.push(...(await oneForEachEnvironment(client, intoEnvironments)));
    const first = { ...chosen, new_deployments: added.length > 0 ? added.slice(0, BATCH) : null };
    let group = await client.deploymentGroups.update(id, { add: first });
    for (let at = BATCH; at < added.length; at += BATCH) {
      group = await client.deploymentGroups.update(id, { add: { new_deployments: added.slice(at, at + BATCH) } });
    }
    return showGroup(ctx, group, "is extended");
  },
});

/** The server fills in what stands in braces. */
async function oneForEachEnvironment(client: Client, groupId: string): Promise<NewDeployment[]> {
  const inside: NewDeployment[] = [];
  for await (const { id } of client.deployments.list({ _group_id: groupId, _environments_only: true })) {
    const labels = [{ "csys-obj-parent": id }];
    inside.push({ id: "{uuid}", display_name: "{blueprint_id}-{uuid}", labels });
  }
  return inside;
}
