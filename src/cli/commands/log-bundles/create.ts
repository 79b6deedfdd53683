import { argument, command, flag } from "../../command.ts";
import { madeUpName } from "../../inputs/made-up-name.ts";
import { validName } from "../../inputs/names.ts";
import { optionalWait } from "../../options/wait.ts";
import { followOrShow } from "../executions/show-started.ts";
import { startSystemExecution } from "../executions/system-execution.ts";

/** `cfy log-bundles create` */
export const create = command({
  name: "create",
  summary: "Gather the logs of the server's services into one file",
  arguments: { logBundleId: argument({ help: "Id of the new log bundle; made up by default", required: false }) },
  options: { queue: flag({ flags: ["--queue"], help: "When executions run, start after them" }), ...optionalWait },
  examples: [["cfy log-bundles create trouble", "then: cfy log-bundles download trouble"]],
  async run(ctx, { logBundleId = madeUpName("log_bundle"), queue, ...waiting }) {
    ctx.notice(`Creating log bundle ${logBundleId} …`);
    const client = ctx.client();
    const id = validName(logBundleId, "log bundle id");
    const execution = await startSystemExecution(ctx, client, {
      doing: `creating log bundle ${id}`,
      workflow: "create_log_bundle",
      parameter: "log_bundle_id",
      value: id,
      send: () => client.logBundles.create(id, { queue }),
    });
    return await followOrShow(ctx, client, execution, waiting);
  },
});
