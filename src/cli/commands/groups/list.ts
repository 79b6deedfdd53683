import type { Deployment, JsonObject } from "../../../api/resources.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { deploymentIdOption } from "../deployments/deployment-id.ts";

const SCALING_POLICY = "cloudify.policies.scaling";

interface NodeGroup {
  name: string;
  members: string[];
  policies: string[];
}

const COLUMNS: readonly Column<NodeGroup>[] = [{ key: "name" }, { key: "members" }, { key: "policies" }];

/** `cfy groups list`: nodes that are grouped in the blueprint, most often to be scaled together. */
export const list = command({
  name: "list",
  summary: "List the node groups of a deployment",
  options: { deploymentId: deploymentIdOption, tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy groups list -d my_deployment", "what is scaled together?"]],
  async run(ctx, { deploymentId, tenant }) {
    ctx.notice(`Listing the node groups of ${deploymentId} …`);
    const deployment = await ctx.client({ tenant }).deployments.get(deploymentId);
    await ctx.output.rows(groupsOf(deployment), { title: "Groups:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

function groupsOf({ groups, scaling_groups: scaling }: Deployment): NodeGroup[] {
  return Object.entries((groups ?? {}) as Record<string, JsonObject>).map(([name, group]) => ({
    name,
    members: (group.members ?? []) as string[],
    policies: [
      ...Object.values((group.policies ?? {}) as Record<string, { type?: string }>).flatMap(({ type }) => type ?? []),
      ...(scaling?.[name] ? [SCALING_POLICY] : []),
    ],
  }));
}
