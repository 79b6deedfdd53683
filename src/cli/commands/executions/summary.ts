import { argument, command, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";
import { choiceType } from "../../value-type.ts";
import { type SummaryItem, summaryColumns, summaryRows } from "../summary-rows.ts";

const FIELDS = ["status", "blueprint_id", "deployment_id", "workflow_id", "tenant_name", "visibility"] as const;

/** `cfy executions summary` */
export const summary = command({
  name: "summary",
  summary: "Count executions by a field",
  arguments: {
    targetField: argument({ help: `Count by this: ${FIELDS.join(", ")}`, type: choiceType(FIELDS) }),
    subField: argument({ help: "And within it by this", required: false, type: choiceType(FIELDS) }),
  },
  options: {
    tenant: tenantOption,
    groupId: text({
      flags: ["--group-id"],
      metavar: "ID",
      help: "Only those of this execution group",
      complete: "execution-group",
    }),
    allTenants: allTenantsOption,
  },
  examples: [["cfy executions summary status", "how many have failed?"]],
  async run(ctx, { targetField, subField, tenant, groupId, allTenants }) {
    ctx.notice(`Counting executions by ${targetField} …`);
    const { items } = await ctx.client({ tenant }).rest.page<SummaryItem>("summary/executions", {
      _target_field: targetField,
      _sub_field: subField,
      _group_id: groupId,
      _all_tenants: allTenants,
    });
    await ctx.output.rows(summaryRows(items, "executions", targetField, subField), {
      title: `Executions by ${targetField}:`,
      columns: summaryColumns("executions", targetField, subField),
    });
    return ExitCode.Ok;
  },
});
