import { summaryCommand } from "../shapes/summary.ts";

/** `cfy node-instances summary` */
export const summary = summaryCommand({
  resource: "node_instances",
  group: "node-instances",
  noun: "node instances",
  fields: ["deployment_id", "node_id", "state", "host_id", "tenant_name", "visibility"],
});
