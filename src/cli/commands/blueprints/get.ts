import type { Blueprint, JsonObject } from "../../../api/resources.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { blueprintId } from "./blueprint-id.ts";
import { BLUEPRINT_COLUMNS } from "./columns.ts";

interface BlueprintInUse extends Blueprint {
  deployments: string[];
}

const metadataOf = ({ plan }: Blueprint): JsonObject => (plan?.metadata as JsonObject | null | undefined) ?? {};

const COLUMNS: readonly Column<BlueprintInUse>[] = [
  ...BLUEPRINT_COLUMNS,
  { key: "#deployments", value: ({ deployments }) => deployments.length },
  { key: "metadata", value: metadataOf, extended: true },
  { key: "deployments", extended: true },
  { key: "error_traceback", extended: true },
];

/** `cfy blueprints get` */
export const get = command({
  name: "get",
  summary: "Show a blueprint and the deployments made of it",
  arguments: { blueprintId },
  options: { tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy blueprints get app", "what is it made of, and what was made of it?"]],
  async run(ctx, { blueprintId, tenant }) {
    ctx.notice(`Retrieving blueprint ${blueprintId} …`);
    const client = ctx.client({ tenant });
    const blueprint = await client.blueprints.get(blueprintId);
    const { items } = await client.deployments.page({ blueprint_id: blueprintId, _include: ["id"] });
    const deployments = items.map(({ id }) => id);
    await ctx.output.record(
      { ...blueprint, deployments },
      {
        title: "Blueprint:",
        columns: COLUMNS,
        sections: [
          { title: "Metadata:", content: metadataOf(blueprint) },
          { title: "Plugins:", content: pluginsOf(blueprint) },
          { title: "Existing deployments:", content: deployments },
        ],
      },
    );
    return ExitCode.Ok;
  },
});

interface PlanPlugin {
  package_name?: string | null;
  package_version?: string | null;
}

/** `name==version` of each plugin that its deployments install, wherever they run it. */
function pluginsOf({ plan }: Blueprint): string[] {
  const lists = ["deployment_plugins_to_install", "workflow_plugins_to_install", "host_agent_plugins_to_install"];
  const plugins = lists.flatMap((list) => (plan?.[list] as PlanPlugin[] | null | undefined) ?? []);
  const names = plugins.flatMap(({ package_name: name, package_version: version }) =>
    name ? [version ? `${name}==${version}` : name] : [],
  );
  return [...new Set(names)].sort();
}
