import { command, flag } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { blueprintId } from "./blueprint-id.ts";

/** `cfy blueprints delete` */
export const remove = command({
  name: "delete",
  summary: "Delete a blueprint",
  arguments: { blueprintId },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when other blueprints import it" }),
    tenant: tenantOption,
  },
  examples: [["cfy blueprints delete app", "once no deployment of it is left"]],
  async run(ctx, { blueprintId, force, tenant }) {
    ctx.notice(`Deleting blueprint ${blueprintId} …`);
    await ctx.client({ tenant }).blueprints.delete(blueprintId, { force });
    ctx.output.line(`The blueprint ${blueprintId} is deleted`);
    return ExitCode.Ok;
  },
});
