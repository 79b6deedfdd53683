import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { getDataOption } from "../../options/common.ts";
import { ANY_TENANT_COLUMNS, tenantColumns } from "./columns.ts";
import { tenantName } from "./options.ts";

/** `cfy tenants get` */
export const get = command({
  name: "get",
  summary: "Show a tenant",
  arguments: { tenantName },
  options: { getData: getDataOption },
  columns: ANY_TENANT_COLUMNS,
  examples: [["cfy tenants get team --get-data", "with its users and groups, and the roles of each"]],
  async run(ctx, { tenantName, getData }) {
    ctx.notice(`Retrieving tenant ${tenantName} …`);
    const tenant = await ctx.client().tenants.get(tenantName, { getData });
    await ctx.output.record(tenant, { title: "Requested tenant info:", columns: tenantColumns(getData) });
    return ExitCode.Ok;
  },
});
