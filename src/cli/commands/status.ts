import { command } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import type { Column } from "../output/column.ts";

interface ServiceRow {
  service: string;
  status: string;
}

const COLUMNS: readonly Column<ServiceRow>[] = [{ key: "service", whole: true }, { key: "status" }];

/** `cfy status` */
export const status = command({
  name: "status",
  summary: "Show the health of the server's services",
  columns: COLUMNS,
  async run(ctx) {
    ctx.notice("Retrieving the status of services …");
    const client = ctx.client();
    const { services } = await client.manager.status({ signal: ctx.signal });
    const { status: maintenance } = await client.maintenance.status({ signal: ctx.signal });
    const rows = Object.entries(services).map(([service, { status }]) => ({ service, status }));
    await ctx.output.rows(rows, { title: "Services:", columns: COLUMNS });
    if (maintenance !== "deactivated") ctx.warn(`maintenance mode is ${maintenance}: cfy maintenance-mode status`);
    return ExitCode.Ok;
  },
});
