import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { validName } from "../../inputs/names.ts";
import { tenantName } from "./options.ts";

/** `cfy tenants create` */
export const create = command({
  name: "create",
  summary: "Create a tenant",
  arguments: { tenantName },
  examples: [["cfy tenants create team", "then: cfy tenants add-user alice -t team -r user"]],
  async run(ctx, { tenantName }) {
    await ctx.client().tenants.create(validName(tenantName, "tenant name"));
    ctx.output.line(`The tenant ${tenantName} is created`);
    return ExitCode.Ok;
  },
});
