import { command, flag, path } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { kinds } from "../../follow/index.ts";
import { tenantOption } from "../../options/common.ts";
import { eventOptions } from "../../options/wait.ts";
import { counted } from "../../output/counted.ts";
import { deploymentId } from "../deployments/deployment-id.ts";
import { rangeOptions, rangeQuery } from "./range.ts";
import { storeEvents } from "./store-events.ts";

/** `cfy events delete` */
export const remove = command({
  name: "delete",
  summary: "Delete the events and logs of a deployment",
  arguments: { deploymentId },
  options: {
    includeLogs: eventOptions.includeLogs,
    ...rangeOptions,
    storeBefore: flag({ flags: ["--store-before"], help: "Save them to a file first" }),
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "FILE",
      help: "The file to save them to",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  examples: [['cfy events delete my_deployment --before "2 weeks ago"', "those older than two weeks"]],
  async run(ctx, { deploymentId, includeLogs, storeBefore, outputPath, tenant, ...range }) {
    if (storeBefore && !outputPath) throw usageError("--store-before needs a file: give it with --output-path");
    const client = ctx.client({ tenant });
    const which = {
      deployment_id: deploymentId,
      type: kinds({ logs: includeLogs }),
      _range: rangeQuery(range, ctx.clock.now()),
    };
    await client.deployments.get(deploymentId);
    if (storeBefore && outputPath) {
      const stored = await storeEvents(client.events.list({ ...which, _sort: "reported_timestamp" }), outputPath);
      ctx.notice(`Saved ${stored} events to ${outputPath}`);
    }
    const deleted = await client.events.delete(which);
    await ctx.output.document({ deleted }, () =>
      deleted === 0 ? "No events to delete\n" : `Deleted ${counted(deleted, "event")}\n`,
    );
    return ExitCode.Ok;
  },
});
