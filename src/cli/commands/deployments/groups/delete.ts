import { command, flag } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { optionalWait } from "../../../options/wait.ts";
import { followGroup } from "../../events/follow-group.ts";
import { deploymentGroupName } from "./group-name.ts";

/** `cfy deployments groups delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a group of deployments, and its deployments if asked",
  arguments: { deploymentGroupName },
  options: {
    deleteDeployments: flag({ flags: ["--delete-deployments"], help: "Delete the deployments in it, too" }),
    withLogs: flag({ flags: ["-l", "--with-logs"], help: "Delete their log files on the server, too" }),
    recursive: flag({ flags: ["--recursive"], help: "Delete the services that they made, too" }),
    force: flag({ flags: ["-f", "--force"], help: "Even when nodes of them live, or others depend on them" }),
    ...optionalWait,
    tenant: tenantOption,
  },
  examples: [["cfy deployments groups delete edge", "its deployments stay"]],
  async run(ctx, { deploymentGroupName: id, deleteDeployments, withLogs, recursive, force, tenant, wait, timeout }) {
    const client = ctx.client({ tenant });
    const answer = await client.deploymentGroups.delete(id, {
      delete_deployments: deleteDeployments,
      force,
      delete_logs: withLogs,
      recursive,
    });
    const executionGroup = answer?.execution_group_id ?? null;
    await ctx.output.document(
      { deleted: id, execution_group_id: executionGroup },
      () => `The group ${id} is deleted\n`,
    );
    if (executionGroup && wait) {
      const group = await client.executionGroups.get(executionGroup);
      return await followGroup(ctx, client, group, { logs: false, timeout, showEvents: ctx.output.format === "table" });
    }
    if (executionGroup)
      ctx.notice(`Its deployments are being deleted:\n  cfy executions groups details ${executionGroup}`);
    return ExitCode.Ok;
  },
});
