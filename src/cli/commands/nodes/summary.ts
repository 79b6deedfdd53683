import { summaryCommand } from "../shapes/summary.ts";

/** `cfy nodes summary` */
export const summary = summaryCommand({
  resource: "nodes",
  group: "nodes",
  noun: "nodes",
  fields: ["deployment_id", "tenant_name", "visibility"],
});
