import { command, natural } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { optionalWait } from "../../../options/wait.ts";
import { followGroup } from "../../events/follow-group.ts";
import { EXECUTION_GROUP_COLUMNS } from "../../executions/groups/columns.ts";
import { startGroup } from "../../executions/groups/start-group.ts";
import { showChanged } from "../../outcome.ts";
import { updateOptions, updateRequest } from "../update-options.ts";
import { deploymentGroupName } from "./group-name.ts";

const UPDATE_WORKFLOW = "csys_update_deployment";

/** `cfy deployments groups update-deployments`: an update of each, as one group of executions. */
export const updateDeployments = command({
  name: "update-deployments",
  summary: "Update every deployment of a group",
  arguments: { groupId: deploymentGroupName },
  options: {
    ...updateOptions,
    ...optionalWait,
    tenant: tenantOption,
    concurrency: natural({ flags: ["--concurrency"], metavar: "N", default: 5, help: "At most so many at a time" }),
  },
  columns: EXECUTION_GROUP_COLUMNS,
  examples: [["cfy deployments groups update-deployments edge -b app-2", "move all of them to app-2"]],
  async run(ctx, { groupId, concurrency, tenant, wait, timeout, ...args }) {
    const request = await updateRequest(args, ctx.io.stdin);
    const client = ctx.client({ tenant });
    if (args.blueprintId !== undefined) await client.blueprints.get(args.blueprintId);
    const group = await startGroup(ctx, client, {
      deployment_group_id: groupId,
      workflow_id: UPDATE_WORKFLOW,
      default_parameters: { ...request },
      concurrency,
    });
    if (wait) return await followGroup(ctx, client, group, { logs: true, timeout });
    await showChanged(ctx, `The deployments of ${groupId} are being updated (${group.id})`, group, {
      title: "Execution group:",
      columns: EXECUTION_GROUP_COLUMNS,
    });
    ctx.notice(`  cfy events list -g ${group.id} --tail`);
    return ExitCode.Ok;
  },
});
