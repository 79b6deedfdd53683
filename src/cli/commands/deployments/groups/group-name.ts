import type { DeploymentGroup } from "../../../../api/groups.ts";
import { argument } from "../../../command.ts";
import type { Context } from "../../../context.ts";
import type { ExitCode } from "../../../exit-code.ts";
import { showChanged } from "../../outcome.ts";
import { GROUP_COLUMNS } from "./columns.ts";

export const deploymentGroupName = argument({ help: "Id of the deployment group", complete: "deployment-group" });

/** The group as it is now, and how many deployments it has. */
export const showGroup = (ctx: Context, group: DeploymentGroup, what: string): Promise<ExitCode> =>
  showChanged(ctx, `The group ${group.id} ${what}; deployments: ${group.deployment_ids.length}`, group, {
    title: "Deployment group:",
    columns: GROUP_COLUMNS,
  });
