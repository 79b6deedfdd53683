import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { logBundleId } from "./log-bundle-id.ts";

/** `cfy log-bundles delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a log bundle",
  arguments: { logBundleId },
  examples: [["cfy log-bundles delete trouble", "from the server; a download of it stays"]],
  async run(ctx, { logBundleId }) {
    ctx.notice(`Deleting log bundle ${logBundleId} …`);
    await ctx.client().logBundles.delete(logBundleId);
    ctx.output.line(`The log bundle ${logBundleId} is deleted`);
    return ExitCode.Ok;
  },
});
