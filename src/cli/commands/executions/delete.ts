import type { DeleteExecutions } from "../../../client/resources/executions.ts";
import { allOption, bulkOptions } from "../../bulk/options.ts";
import { isSelecting } from "../../bulk/targets.ts";
import { command, natural, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { pastMoment, wireMoment } from "../../inputs/moment.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";
import { counted } from "../../output/counted.ts";
import { selectionOptions, selectsDeployments } from "../deployments/selection.ts";
import { DELETION_COLUMNS, deleteByDeployment } from "./delete-by-deployment.ts";
import { deploymentIdsOption } from "./selection.ts";

/** `cfy executions delete`: forgets ended executions with their events. */
export const remove = command({
  name: "delete",
  summary: "Delete executions that have ended",
  description:
    "Without a selection, those of the tenant. With one, those of each deployment that is selected: --keep-last then counts for each, a row tells of each, and it is asked first.",
  options: {
    to: text({ flags: ["--to"], metavar: "TIME", help: "Those created until then" }),
    before: text({ flags: ["--before"], metavar: "TIME", help: 'The same; also as "2 weeks ago"' }),
    keepLast: natural({ flags: ["--keep-last"], metavar: "N", help: "All but the latest N" }),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    deploymentIds: deploymentIdsOption,
    workflowId: text({
      flags: ["--workflow-id"],
      metavar: "NAME",
      help: "Of the selected deployments, only those of this workflow",
      complete: "workflow",
    }),
    ...selectionOptions,
    all: allOption("deployments"),
    ...bulkOptions,
  },
  exclusive: [["to", "before", "keepLast"]],
  tenantsTogether: true,
  columns: DELETION_COLUMNS,
  examples: [
    ['cfy executions delete --before "2 weeks ago"', "those older than two weeks"],
    ["cfy executions delete -lr env=test --keep-last 5", "of each deployment with a label, all but five; asks first"],
  ],
  async run(ctx, { to, before, keepLast, tenant, allTenants, ...selection }) {
    if (keepLast !== undefined && keepLast < 1) throw usageError("--keep-last is at least 1");
    const { deploymentIds, workflowId } = selection;
    const moment = to ?? before;
    const which: DeleteExecutions = {
      ...(keepLast === undefined ? {} : { keep_last: keepLast }),
      ...(moment === undefined ? {} : { to_datetime: wireMoment(pastMoment(moment, ctx.clock.now())) }),
    };
    const client = ctx.client({ tenant });
    if (selectsDeployments(selection) || isSelecting({ deploymentIds, workflowId })) {
      if (allTenants) throw usageError("A selection is of one tenant: leave out --all-tenants");
      return await deleteByDeployment(ctx, client, which, selection);
    }
    const deleted = await client.executions.deleteMany(which, { _all_tenants: allTenants });
    await ctx.output.document({ deleted }, () =>
      deleted === 0 ? "No executions to delete\n" : `Deleted ${counted(deleted, "execution")}\n`,
    );
    return ExitCode.Ok;
  },
});
