import { type Command, choice, command } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { parseRules } from "../../../inputs/filter-rules.ts";
import { tenantOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { FILTER_COLUMNS, type Filtered, filterId, filtersOf, ruleOptions } from "./common.ts";

export const updateCommand = (of: Filtered): Command =>
  command({
    name: "update",
    summary: `Change the rules or the visibility of a filter of ${of}`,
    description: "Rules about labels replace those about labels, rules about fields those about fields.",
    arguments: { filterId: filterId(of) },
    options: {
      ...ruleOptions,
      visibility: choice({
        flags: ["-l", "--visibility"],
        choices: ["private", "tenant", "global"],
        help: "Who can see it",
      }),
      tenant: tenantOption,
    },
    columns: FILTER_COLUMNS,
    examples: [[`cfy ${of} filters update production -lr env!=test`, "another rule about labels"]],
    async run(ctx, { filterId, visibility, tenant, ...given }) {
      const rules = parseRules(given);
      if (rules.length === 0 && visibility === undefined) {
        throw usageError("There is nothing to change", {
          hint: "Give --labels-rule, --attrs-rule or --visibility.",
        });
      }
      const change = { filter_rules: rules.length > 0 ? rules : undefined, visibility };
      const filter = await filtersOf(ctx.client({ tenant }), of).update(filterId, change);
      return showChanged(ctx, `The filter ${filterId} is changed`, filter, {
        title: "Filter:",
        columns: FILTER_COLUMNS,
      });
    },
  });
