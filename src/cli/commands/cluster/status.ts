import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { isDocument } from "../../output/format.ts";
import { SERVICE_COLUMNS, serviceRows } from "../service-rows.ts";
import { refreshedClient } from "./refresh.ts";

/** `cfy cluster status` */
export const status = command({
  name: "status",
  summary: "Show the health of managers, brokers and databases",
  columns: SERVICE_COLUMNS,
  examples: [["cfy cluster status", "one row for each service of each host"]],
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { status, services } = await client.manager.clusterStatus({}, { signal: ctx.signal });
    ctx.notice(`The cluster as a whole: ${status}`);
    if (isDocument(ctx.output.format)) await ctx.output.document({ status, services }, () => "");
    else await ctx.output.rows(serviceRows(services), { title: "Cluster status services:", columns: SERVICE_COLUMNS });
    return ExitCode.Ok;
  },
});
