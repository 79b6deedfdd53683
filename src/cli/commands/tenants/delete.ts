import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantName } from "./options.ts";

/** `cfy tenants delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a tenant",
  arguments: { tenantName },
  examples: [["cfy tenants delete team", "once nothing is left in it"]],
  async run(ctx, { tenantName }) {
    ctx.notice(`Deleting tenant ${tenantName} …`);
    await ctx.client().tenants.delete(tenantName);
    ctx.output.line(`The tenant ${tenantName} is deleted`);
    return ExitCode.Ok;
  },
});
