import type { Summarised } from "../../../client/resources/selection.ts";
import { argument, type Command, command, text } from "../../command.ts";
import type { Completer } from "../../completion/completer.ts";
import { ExitCode } from "../../exit-code.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";
import { choiceType } from "../../value-type.ts";
import { summaryColumns, summaryRows } from "../summary-rows.ts";

interface Summary {
  /** What is counted, as the API calls it: also the head of the column with the numbers. */
  resource: Summarised;
  /** How the command line calls them: `node-instances`. */
  group: string;
  noun: string;
  fields: readonly [string, ...string[]];
  /** False: one field only. */
  subField?: boolean;
  /** They can be narrowed to a group, and this proposes which. */
  /** `key`: what the query calls the group. */
  groupOption?: { key: string; help: string; complete: Completer };
}

/** `summary`: how many there are, by the values of a field. */
export function summaryCommand({ resource, group, noun, fields, subField = true, groupOption }: Summary): Command {
  const [first] = fields;
  return command({
    name: "summary",
    summary: `Count ${noun} by a field`,
    arguments: {
      targetField: argument({ help: `Count by this: ${fields.join(", ")}`, type: choiceType(fields) }),
      ...(subField && {
        subField: argument({ help: "And within it by this", required: false, type: choiceType(fields) }),
      }),
    },
    options: {
      tenant: tenantOption,
      allTenants: allTenantsOption,
      ...(groupOption && {
        groupId: text({
          flags: ["--group-id"],
          metavar: "ID",
          help: groupOption.help,
          complete: groupOption.complete,
        }),
      }),
    },
    tenantsTogether: true,
    examples: [[`cfy ${group} summary ${first} --json`, `how many ${noun} for each ${first}?`]],
    async run(ctx, { targetField, subField, tenant, groupId, allTenants }) {
      ctx.notice(`Counting ${noun} by ${targetField} …`);
      const { items } = await ctx.client({ tenant }).summaries.page(resource, {
        _target_field: targetField,
        _sub_field: subField,
        ...(groupOption && { [groupOption.key]: groupId }),
        _all_tenants: allTenants,
      });
      await ctx.output.rows(summaryRows(items, resource, targetField, subField), {
        title: `${noun[0]?.toUpperCase()}${noun.slice(1)} by ${targetField}:`,
        columns: summaryColumns(resource, targetField, subField),
      });
      return ExitCode.Ok;
    },
  });
}
