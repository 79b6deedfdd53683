import { command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { deploymentIdOption } from "../deployments/deployment-id.ts";
import { type DeploymentWorkflow, NAME_COLUMNS, workflowsOf } from "./columns.ts";

const COLUMNS: readonly Column<DeploymentWorkflow>[] = [
  ...NAME_COLUMNS,
  { key: "availability_rules", value: ({ availability_rules: rules }) => Object.keys(rules ?? {}) },
];

/** `cfy workflows list` */
export const list = command({
  name: "list",
  summary: "List the workflows that can be run on a deployment",
  options: {
    deploymentId: deploymentIdOption,
    all: flag({ flags: ["--all"], help: "Those that cannot be run now, too" }),
    tenant: tenantOption,
  },
  columns: [...COLUMNS, { key: "is_available" }],
  examples: [["cfy workflows list -d my_deployment", "what can be run on it now?"]],
  async run(ctx, { deploymentId, all, tenant }) {
    ctx.notice(`Listing workflows of ${deploymentId} …`);
    const workflows = workflowsOf(await ctx.client({ tenant }).deployments.get(deploymentId));
    const shown = all ? workflows : workflows.filter(({ is_available }) => is_available !== false);
    const columns = all ? [...COLUMNS, { key: "is_available" }] : COLUMNS;
    await ctx.output.rows(shown, { title: "Workflows:", columns });
    const hidden = workflows.length - shown.length;
    if (hidden > 0) ctx.notice(`${hidden} cannot be run now and are not shown; --all shows them`);
    return ExitCode.Ok;
  },
});
