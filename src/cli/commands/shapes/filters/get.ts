import { type Command, command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { FILTER_COLUMNS, type Filtered, filterId, filtersOf } from "./common.ts";

export const getCommand = (of: Filtered): Command =>
  command({
    name: "get",
    summary: `Show a filter of ${of}`,
    arguments: { filterId: filterId(of) },
    options: { tenant: tenantOption },
    columns: FILTER_COLUMNS,
    examples: [[`cfy ${of} filters get production`, "its rules"]],
    async run(ctx, { filterId, tenant }) {
      ctx.notice(`Retrieving filter ${filterId} …`);
      const filter = await filtersOf(ctx.client({ tenant }), of).get(filterId);
      await ctx.output.record(filter, { title: "Filter:", columns: FILTER_COLUMNS });
      return ExitCode.Ok;
    },
  });
