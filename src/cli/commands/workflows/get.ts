import type { Json, JsonObject } from "../../../api/resources.ts";
import { argument, command } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { didYouMean } from "../../suggest.ts";
import { deploymentIdOption } from "../deployments/deployment-id.ts";
import { type DeploymentWorkflow, NAME_COLUMNS, workflowsOf } from "./columns.ts";

const COLUMNS: readonly Column<DeploymentWorkflow>[] = [
  ...NAME_COLUMNS,
  { key: "availability_rules" },
  { key: "parameters", extended: true },
];

/** `cfy workflows get` */
export const get = command({
  name: "get",
  summary: "Show a workflow and the parameters it takes",
  arguments: { workflowId: argument({ help: "Name of the workflow", complete: "workflow" }) },
  options: { deploymentId: deploymentIdOption, tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy workflows get install -d my_deployment", "what can be given with -p, and what is it otherwise?"]],
  async run(ctx, { workflowId, deploymentId, tenant }) {
    ctx.notice(`Retrieving workflow ${workflowId} of ${deploymentId} …`);
    const workflows = workflowsOf(await ctx.client({ tenant }).deployments.get(deploymentId));
    const workflow = workflows.find(({ name }) => name === workflowId);
    if (!workflow) {
      const names = workflows.map(({ name }) => name);
      throw new CfyError("nonexistent_workflow_error", `${deploymentId} has no workflow ${workflowId}`, {
        exit: ExitCode.NotFound,
        hint: [...didYouMean(workflowId, names), `cfy workflows list -d ${deploymentId} --all`],
      });
    }
    const { mandatory, optional } = sortedParameters(workflow.parameters ?? {});
    await ctx.output.record(workflow, {
      title: "Workflow:",
      columns: COLUMNS,
      sections: [
        { title: "Mandatory Parameters:", content: mandatory },
        { title: "Optional Parameters:", content: optional },
      ],
    });
    return ExitCode.Ok;
  },
});

/** What must be given, with what is said about it, and what need not be, with its default. */
function sortedParameters(parameters: JsonObject): { mandatory: JsonObject; optional: JsonObject } {
  const mandatory: JsonObject = {};
  const optional: JsonObject = {};
  for (const [name, declaration] of Object.entries(parameters)) {
    if (isObject(declaration) && "default" in declaration) optional[name] = declaration.default ?? null;
    else mandatory[name] = isObject(declaration) ? (declaration.description ?? declaration.type ?? null) : null;
  }
  return { mandatory, optional };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
