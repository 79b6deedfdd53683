import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { deleteNamed, NAMED_COLUMNS, several } from "../shapes/delete-named.ts";
import { logBundleId } from "./log-bundle-id.ts";

/** `cfy log-bundles delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a log bundle",
  arguments: { logBundleIds: several(logBundleId, "LOG_BUNDLE_ID") },
  columns: NAMED_COLUMNS,
  examples: [["cfy log-bundles delete trouble", "from the server; a download of it stays"]],
  async run(ctx, { logBundleIds }) {
    const client = ctx.client();
    return await deleteNamed(ctx, logBundleIds, {
      noun: ["log bundle", "log bundles"],
      remove(logBundleId) {
        ctx.notice(`Deleting log bundle ${logBundleId} …`);
        return client.logBundles.delete(logBundleId);
      },
      told(logBundleId) {
        ctx.output.line(`The log bundle ${logBundleId} is deleted`);
        return ExitCode.Ok;
      },
    });
  },
});
