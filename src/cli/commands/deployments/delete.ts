import type { Deployment } from "../../../api/resources.ts";
import { bulkOptions } from "../../bulk/options.ts";
import { type Bulk, runBulk } from "../../bulk/run-bulk.ts";
import { targetsOf } from "../../bulk/targets.ts";
import { command, duration, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { waitOptions } from "../../options/wait.ts";
import { DELETION_SECONDS, deleteDeployment } from "./delete-deployment.ts";
import { deploymentIds } from "./deployment-id.ts";
import { DEPLOYMENT_BULK, selectedDeployments, selectionOptions, selectsDeployments } from "./selection.ts";

/** `cfy deployments delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a deployment, or many",
  description:
    "Several ids, and those that options select, are deleted one by one with a row for each; a selection is asked about first.",
  arguments: { deploymentIds },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when nodes of it live, or others depend on it" }),
    withLogs: flag({ flags: ["-l", "--with-logs"], help: "Delete its log files on the server too" }),
    recursive: flag({ flags: ["--recursive"], help: "Delete the services that it made too" }),
    timeout: duration({
      flags: ["--timeout"],
      default: DELETION_SECONDS,
      metavar: "DURATION",
      help: "How long to wait until it is gone",
    }),
    detach: waitOptions.detach,
    tenant: tenantOption,
    ...selectionOptions,
    ...bulkOptions,
  },
  columns: DEPLOYMENT_BULK.columns,
  examples: [
    ["cfy deployments delete my_deployment", "once it is uninstalled"],
    ["cfy deployments delete -lr env=test --dry-run", "which have this label?"],
    ["cfy deployments delete -lr env=test --yes --concurrency 10", "delete them, without asking"],
  ],
  async run(ctx, args) {
    const { deploymentIds, force, withLogs, recursive, timeout, detach, tenant, yes, dryRun, concurrency } = args;
    const client = ctx.client({ tenant });
    const request = { force, delete_logs: withLogs, recursive, timeout, wait: !detach };
    const targets = targetsOf(deploymentIds, { selected: selectsDeployments(args), metavar: "DEPLOYMENT_ID" });
    if (targets.kind === "one" && !dryRun) {
      ctx.notice(`Deleting deployment ${targets.id} …`);
      await deleteDeployment(ctx, client, targets.id, request);
      ctx.output.line(`The deployment ${targets.id} is ${detach ? "being deleted" : "deleted"}`);
      return ExitCode.Ok;
    }
    const bulk: Bulk<Deployment> = {
      ...DEPLOYMENT_BULK,
      verb: "delete",
      done: "deleted",
      async act({ id }) {
        await deleteDeployment(ctx, client, id, { ...request, showProgress: false });
        return detach ? "being deleted" : undefined;
      },
    };
    const find = () => selectedDeployments(ctx, client, args);
    return await runBulk(ctx, bulk, targets, { find, yes, dryRun, concurrency });
  },
});
