import { type Command, command } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { parseRules } from "../../../inputs/filter-rules.ts";
import { validName } from "../../../inputs/names.ts";
import { tenantOption, visibilityOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { FILTER_COLUMNS, type Filtered, filterId, filtersOf, ruleOptions } from "./common.ts";

export const createCommand = (of: Filtered): Command =>
  command({
    name: "create",
    summary: `Keep rules that choose ${of} under a name`,
    arguments: { filterId: filterId(of) },
    options: { ...ruleOptions, visibility: visibilityOption, tenant: tenantOption },
    columns: FILTER_COLUMNS,
    examples: [
      [`cfy ${of} filters create production -lr env=prod`, "those with a label"],
      [`cfy ${of} list --filter-id production`, "what it is for"],
    ],
    async run(ctx, { filterId, visibility, tenant, ...given }) {
      const rules = parseRules(given);
      if (rules.length === 0) {
        throw usageError("A filter needs a rule", { hint: "Give --labels-rule or --attrs-rule, as in -lr env=prod" });
      }
      const id = validName(filterId, "filter id");
      const filters = filtersOf(ctx.client({ tenant }), of);
      const filter = await filters.create(id, rules, visibility);
      return showChanged(ctx, `The filter ${filterId} is created`, filter, {
        title: "Filter:",
        columns: FILTER_COLUMNS,
      });
    },
  });
