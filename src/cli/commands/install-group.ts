import type { JsonObject } from "../../api/resources.ts";
import type { Client } from "../../client/index.ts";
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Label } from "../inputs/labels.ts";
import { validName } from "../inputs/names.ts";
import { followGroup } from "./events/follow-group.ts";
import { showExecutionGroup } from "./executions/groups/show.ts";
import { startGroup } from "./executions/groups/start-group.ts";

interface GroupWanted {
  groupId: string;
  blueprintId: string;
  count: number;
  inputs: JsonObject;
  deploymentLabels: Label[] | undefined;
  workflowId: string;
  force: boolean;
  parameters: JsonObject;
}

const CONCURRENCY = 5;

/** Many deployments of one blueprint, as a group: made, filled and installed. The server names its members. */
export async function installGroup(
  ctx: Context,
  client: Client,
  wanted: GroupWanted,
  { detach, ...showing }: Parameters<typeof followGroup>[3] & { detach: boolean },
): Promise<ExitCode> {
  const id = validName(wanted.groupId, "deployment group id");
  const path = `deployment-groups/${encodeURIComponent(id)}`;
  ctx.notice(`Creating group ${id} of ${wanted.count} deployments from blueprint ${wanted.blueprintId} …`);
  await client.rest.put(path, {
    json: {
      visibility: "tenant",
      description: null,
      blueprint_id: wanted.blueprintId,
      default_inputs: wanted.inputs,
      labels: wanted.deploymentLabels ?? null,
      filter_id: null,
      deployment_ids: null,
      new_deployments: null,
      deployments_from_group: null,
    },
  });
  await client.rest.patch(path, {
    json: {
      add: {
        deployment_ids: null,
        new_deployments: Array.from({ length: wanted.count }, () => ({})),
        filter_id: null,
        filter_rules: [],
        deployments_from_group: null,
      },
    },
  });
  const group = await startGroup(ctx, client, {
    force: wanted.force,
    deployment_group_id: id,
    workflow_id: wanted.workflowId,
    default_parameters: wanted.parameters,
    concurrency: CONCURRENCY,
  });
  if (detach) return await showExecutionGroup(ctx, group, "is started");
  return await followGroup(ctx, client, group, showing);
}
