import { type Command, command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { type Filtered, filterId, filtersOf, WHOLE_FILTER_COLUMNS } from "./common.ts";

export const getCommand = (of: Filtered): Command =>
  command({
    name: "get",
    summary: `Show a filter of ${of}`,
    arguments: { filterId: filterId(of) },
    options: { tenant: tenantOption },
    columns: WHOLE_FILTER_COLUMNS,
    examples: [[`cfy ${of} filters get production`, "its rules"]],
    async run(ctx, { filterId, tenant }) {
      ctx.notice(`Retrieving filter ${filterId} …`);
      const filter = await filtersOf(ctx.client({ tenant }), of).get(filterId);
      await ctx.output.record(filter, { title: "Filter:", columns: WHOLE_FILTER_COLUMNS });
      return ExitCode.Ok;
    },
  });
