import { command, flag } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../options/common.ts";
import { ofDeploymentOption } from "../deployments/deployment-id.ts";
import { showList } from "../list-page.ts";
import { INSTANCE_COUNT_COLUMNS, NODE_LIST_COLUMNS } from "./columns.ts";
import { evaluateOption } from "./options.ts";
import { runChecks } from "./run-checks.ts";

/** `cfy nodes list` */
export const list = command({
  name: "list",
  summary: "List nodes",
  options: {
    deploymentId: ofDeploymentOption,
    runChecks: flag({ flags: ["--run-checks"], help: "Let the deployment check its instances first" }),
    evaluateFunctions: evaluateOption,
    ...sortOptions("deployment_id"),
    search: searchOption,
    tenant: tenantOption,
    allTenants: allTenantsOption,
    ...pagingOptions,
  },
  columns: [...NODE_LIST_COLUMNS, ...INSTANCE_COUNT_COLUMNS],
  examples: [["cfy nodes list -d my_deployment", "those of one deployment, with how many instances each has"]],
  async run(ctx, { deploymentId, evaluateFunctions, tenant, ...args }) {
    const client = ctx.client({ tenant });
    if (args.runChecks) {
      if (deploymentId === undefined) throw usageError("--run-checks needs a deployment: give it with -d");
      await runChecks(ctx, client, deploymentId);
    }
    ctx.notice(deploymentId ? `Listing nodes of ${deploymentId} …` : "Listing nodes …");
    const columns = deploymentId ? [...NODE_LIST_COLUMNS, ...INSTANCE_COUNT_COLUMNS] : NODE_LIST_COLUMNS;
    const which = {
      _evaluate_functions: evaluateFunctions,
      deployment_id: deploymentId,
      _instance_counts: deploymentId !== undefined,
    };
    return await showList(ctx, args, (query, call) => client.nodes.page({ ...query, ...which }, call), {
      title: "Nodes:",
      columns,
      noun: "nodes",
    });
  },
});
