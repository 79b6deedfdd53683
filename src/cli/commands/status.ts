import { command } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { SERVICE_COLUMNS, serviceRows } from "./service-rows.ts";

/** `cfy status` */
export const status = command({
  name: "status",
  summary: "Show the health of the server's services",
  columns: SERVICE_COLUMNS,
  examples: [["cfy status", "is everything up?"]],
  async run(ctx) {
    ctx.notice("Retrieving the status of services …");
    const client = ctx.client();
    const { services } = await client.manager.status({ signal: ctx.signal });
    const { status: maintenance } = await client.maintenance.status({ signal: ctx.signal });
    await ctx.output.rows(serviceRows(services), { title: "Services:", columns: SERVICE_COLUMNS });
    if (maintenance !== "deactivated") ctx.warn(`maintenance mode is ${maintenance}: cfy maintenance-mode status`);
    return ExitCode.Ok;
  },
});
