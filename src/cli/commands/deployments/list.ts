import { command } from "../../command.ts";
import { DEPLOYMENT_COLUMNS } from "./columns.ts";
import { listDeployments, listingOptions } from "./listing.ts";

/** `cfy deployments list` */
export const list = command({
  name: "list",
  summary: "List deployments",
  options: listingOptions,
  columns: DEPLOYMENT_COLUMNS,
  examples: [
    ["cfy deployments list -b app", "those made of the blueprint app"],
    ["cfy deployments list -lr env=prod --columns id,deployment_status", "how are those in production?"],
  ],
  run: (ctx, args) => listDeployments(ctx, args, DEPLOYMENT_COLUMNS),
});
