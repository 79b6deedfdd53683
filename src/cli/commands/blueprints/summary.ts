import { summaryCommand } from "../shapes/summary.ts";

/** `cfy blueprints summary` */
export const summary = summaryCommand({
  resource: "blueprints",
  group: "blueprints",
  noun: "blueprints",
  fields: ["tenant_name", "visibility"],
});
