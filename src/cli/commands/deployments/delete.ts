import { command, duration, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { waitOptions } from "../../options/wait.ts";
import { DELETION_SECONDS, deleteDeployment } from "./delete-deployment.ts";
import { deploymentId } from "./deployment-id.ts";

/** `cfy deployments delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a deployment",
  arguments: { deploymentId },
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
  },
  examples: [["cfy deployments delete my_deployment", "once it is uninstalled"]],
  async run(ctx, { deploymentId, force, withLogs, recursive, timeout, detach, tenant }) {
    await deleteDeployment(ctx, ctx.client({ tenant }), deploymentId, {
      force,
      delete_logs: withLogs,
      recursive,
      timeout,
      wait: !detach,
    });
    ctx.output.line(`The deployment ${deploymentId} is ${detach ? "being deleted" : "deleted"}`);
    return ExitCode.Ok;
  },
});
