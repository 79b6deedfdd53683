import { type Command, command } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import { showDeleted } from "../../outcome.ts";
import { type Filtered, filterId, filtersOf } from "./common.ts";

export const deleteCommand = (of: Filtered): Command =>
  command({
    name: "delete",
    summary: `Delete a filter of ${of}`,
    arguments: { filterId: filterId(of) },
    options: { tenant: tenantOption },
    examples: [[`cfy ${of} filters delete production`, "what it chose stays"]],
    async run(ctx, { filterId, tenant }) {
      await filtersOf(ctx.client({ tenant }), of).delete(filterId);
      return showDeleted(ctx, `The filter ${filterId} is deleted`, filterId);
    },
  });
