import type { DeploymentModification } from "../../../../api/deployment-changes.ts";
import type { JsonObject } from "../../../../api/resources.ts";
import { command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Section } from "../../../output/output.ts";
import { MODIFICATION_COLUMNS } from "./columns.ts";
import { modificationId } from "./modification-id.ts";

/** `cfy deployments modifications get` */
export const get = command({
  name: "get",
  summary: "Show which node instances a modification adds or removes",
  arguments: { modificationId },
  options: { tenant: tenantOption },
  columns: MODIFICATION_COLUMNS,
  examples: [
    [
      "cfy deployments modifications get c7d7e8ca-1c6d-4d4c-9b1e-0a6f5f1f7a55",
      "an id that `cfy deployments modifications list` shows",
    ],
  ],
  async run(ctx, { modificationId, tenant }) {
    ctx.notice(`Retrieving deployment modification ${modificationId} …`);
    const modification = await ctx.client({ tenant }).deploymentModifications.get(modificationId);
    await ctx.output.record(modification, {
      title: "Deployment Modification:",
      columns: MODIFICATION_COLUMNS,
      sections: sectionsOf(modification),
    });
    return ExitCode.Ok;
  },
});

function sectionsOf({ modified_nodes, node_instances }: DeploymentModification): Section[] {
  const side = (name: string, is: (instance: JsonObject) => boolean) =>
    ((node_instances[name] ?? []) as JsonObject[]).filter(is).map(({ id, node_id }) => `${id} (${node_id})`);
  const sections = [
    { title: "Modified nodes:", content: Object.keys(modified_nodes) },
    { title: "Node instances before modifications:", content: side("before_modification", () => true) },
    { title: "Node instances before rollback:", content: side("before_rollback", () => true) },
    { title: "Added node instances:", content: side("added_and_related", isA("added")) },
    { title: "Removed node instances:", content: side("removed_and_related", isA("removed")) },
  ];
  return sections.filter(({ content }) => content.length > 0);
}

const isA =
  (kind: string) =>
  ({ modification }: JsonObject): boolean =>
    modification === kind;
