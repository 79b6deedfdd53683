import { EXECUTION_STATUSES } from "../../../api/statuses.ts";
import { choice, command, flag, text } from "../../command.ts";
import { localBlueprintOption } from "../../local-blueprint.ts";
import { allTenantsOption, pagingOptions, sortOptions, tenantOption } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { LIST_COLUMNS, LIST_FIELDS } from "./columns.ts";
import { listOfLocalBlueprint } from "./of-local-blueprint.ts";

/** `cfy executions list` */
export const list = command({
  name: "list",
  summary: "List executions",
  options: {
    deploymentId: text({
      flags: ["-d", "--deployment-id"],
      metavar: "DEPLOYMENT_ID",
      help: "Only those on this deployment",
      complete: "deployment",
    }),
    blueprintId: localBlueprintOption,
    workflowId: text({
      flags: ["--workflow-id"],
      metavar: "NAME",
      help: "Only those of this workflow",
      complete: "workflow",
    }),
    statuses: choice({
      flags: ["--status"],
      // What is terminated is shown as completed.
      choices: [...EXECUTION_STATUSES, "completed"],
      metavar: "STATUS",
      multiple: true,
      help: "Only those in this status: started, queued, failed, completed, …",
    }),
    includeSystemWorkflows: flag({
      flags: ["--include-system-workflows"],
      help: "Those of system workflows too",
    }),
    ...sortOptions("created_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    ...pagingOptions,
  },
  exclusive: [["deploymentId", "blueprintId"]],
  columns: LIST_COLUMNS,
  examples: [
    ["cfy executions list -d my_deployment --descending", "the latest first"],
    ["cfy executions list --status failed --descending", "what failed, on any deployment"],
    ["cfy executions list -d my_deployment --json", "for a script"],
  ],
  async run(ctx, { deploymentId, blueprintId, workflowId, statuses, includeSystemWorkflows, tenant, ...paging }) {
    const chosen = {
      workflow_id: workflowId,
      status: statuses.map((status) => (status === "completed" ? "terminated" : status)),
    };
    if (blueprintId !== undefined) return await listOfLocalBlueprint(ctx, blueprintId, chosen, paging);
    ctx.notice(deploymentId ? `Listing executions on ${deploymentId} …` : "Listing executions …");
    const { executions } = ctx.client({ tenant });
    const which = {
      _include_system_workflows: includeSystemWorkflows,
      deployment_id: deploymentId,
      ...chosen,
      _include: LIST_FIELDS,
    };
    return await showList(ctx, paging, (query, call) => executions.page({ ...query, ...which }, call), {
      title: "Executions:",
      columns: LIST_COLUMNS,
      noun: "executions",
    });
  },
});
