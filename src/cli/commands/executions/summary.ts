import { summaryCommand } from "../shapes/summary.ts";

/** `cfy executions summary` */
export const summary = summaryCommand({
  resource: "executions",
  group: "executions",
  noun: "executions",
  fields: ["status", "blueprint_id", "deployment_id", "workflow_id", "tenant_name", "visibility"],
  groupOption: { key: "execution_group_id", help: "Only those of this execution group", complete: "execution-group" },
});
