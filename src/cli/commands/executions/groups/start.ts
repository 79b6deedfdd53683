import type { JsonObject } from "../../../../api/resources.ts";
import { argument, command, flag, natural, text } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { readInputs } from "../../../inputs/inputs.ts";
import { tenantOption } from "../../../options/common.ts";
import { parametersOption } from "../../../options/inputs.ts";
import { eventOptions, waitOptions } from "../../../options/wait.ts";
import { followGroup } from "../../events/follow-group.ts";
import { showExecutionGroup } from "./show.ts";
import { startGroup } from "./start-group.ts";

const { cancelOnInterrupt: _single, ...following } = waitOptions;

/** `cfy executions groups start`: a workflow on every deployment of a group. */
export const start = command({
  name: "start",
  summary: "Run a workflow on every deployment of a group",
  arguments: { workflowId: argument({ help: "Name of the workflow", complete: "workflow" }) },
  options: {
    deploymentGroup: text({
      flags: ["-g", "--deployment-group"],
      metavar: "GROUP_ID",
      help: "The deployment group",
      complete: "deployment-group",
    }),
    concurrency: natural({ flags: ["--concurrency"], metavar: "N", default: 5, help: "At most so many at a time" }),
    parameters: parametersOption,
    force: flag({ flags: ["-f", "--force"], help: "Even while other executions run on the deployments" }),
    ...following,
    ...eventOptions,
    tenant: tenantOption,
  },
  examples: [
    ["cfy executions groups start install -g edge --concurrency 20", "install all of them, twenty at a time"],
    ["cfy executions groups start install -g edge --detach -o id", "for a script: start it, print its id"],
  ],
  async run(ctx, { workflowId, deploymentGroup, concurrency, parameters, force, detach, tenant, ...showing }) {
    if (deploymentGroup === undefined) {
      throw usageError("Option -g/--deployment-group is missing", { hint: "cfy deployments groups list" });
    }
    const defaults = (await readInputs(parameters, ctx.io.stdin)) as JsonObject;
    const client = ctx.client({ tenant });
    ctx.notice(`Starting ${workflowId} on the deployments of ${deploymentGroup} …`);
    const group = await startGroup(ctx, client, {
      deployment_group_id: deploymentGroup,
      workflow_id: workflowId,
      default_parameters: defaults,
      force,
      concurrency,
    });
    if (detach) return showExecutionGroup(ctx, group, "is started");
    return await followGroup(ctx, client, group, {
      logs: showing.includeLogs,
      jsonOutput: showing.jsonOutput,
      workerNames: showing.withWorkerNames,
      timeout: showing.timeout,
    });
  },
});
