import { command, integer, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { parseMoment, wireMoment } from "../../inputs/moment.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";

/** `cfy executions delete`: forgets ended executions with their events. */
export const remove = command({
  name: "delete",
  summary: "Delete executions that have ended",
  options: {
    to: text({ flags: ["--to"], metavar: "TIME", help: "Those created until then" }),
    before: text({ flags: ["--before"], metavar: "TIME", help: 'The same; also as "2 weeks ago"' }),
    keepLast: integer({ flags: ["--keep-last"], metavar: "N", help: "All but the latest N" }),
    tenant: tenantOption,
    allTenants: allTenantsOption,
  },
  exclusive: [["to", "before", "keepLast"]],
  examples: [['cfy executions delete --before "2 weeks ago"', "those older than two weeks"]],
  async run(ctx, { to, before, keepLast, tenant, allTenants }) {
    if (keepLast !== undefined && keepLast < 1) throw usageError("--keep-last is at least 1");
    const moment = to ?? before;
    const deleted = await ctx.client({ tenant }).executions.deleteMany(
      {
        ...(keepLast === undefined ? {} : { keep_last: keepLast }),
        ...(moment === undefined ? {} : { to_datetime: wireMoment(parseMoment(moment, ctx.clock.now())) }),
      },
      { _all_tenants: allTenants },
    );
    await ctx.output.document({ deleted }, () =>
      deleted === 0 ? "No executions to delete\n" : `Deleted ${deleted} executions\n`,
    );
    return ExitCode.Ok;
  },
});
