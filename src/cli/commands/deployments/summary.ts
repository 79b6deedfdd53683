import { summaryCommand } from "../shapes/summary.ts";

/** `cfy deployments summary` */
export const summary = summaryCommand({
  resource: "deployments",
  group: "deployments",
  noun: "deployments",
  fields: ["blueprint_id", "site_name", "tenant_name", "visibility"],
  groupOption: {
    key: "deployment_group_id",
    help: "Only those of this deployment group",
    complete: "deployment-group",
  },
});
