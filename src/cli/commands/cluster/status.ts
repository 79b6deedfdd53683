import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { refreshedClient } from "./refresh.ts";

interface ServiceRow {
  service: string;
  status: string;
}

const COLUMNS: readonly Column<ServiceRow>[] = [{ key: "service", whole: true }, { key: "status" }];

/** `cfy cluster status` */
export const status = command({
  name: "status",
  summary: "Show the health of managers, brokers and databases",
  columns: COLUMNS,
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { status, services } = await client.manager.clusterStatus({}, { signal: ctx.signal });
    const rows = Object.entries(services).map(([service, { status }]) => ({ service, status }));
    ctx.notice(`The cluster as a whole: ${status}`);
    await ctx.output.rows(rows, { title: "Cluster status services:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});
