import { summaryCommand } from "../../shapes/summary.ts";

/** `cfy deployments schedule summary` */
export const summary = summaryCommand({
  resource: "execution_schedules",
  group: "deployments schedule",
  noun: "schedules",
  fields: ["deployment_id", "workflow_id", "tenant_name", "visibility"],
  subField: false,
});
