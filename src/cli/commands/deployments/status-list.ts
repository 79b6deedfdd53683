import type { Deployment } from "../../../api/resources.ts";
import { command } from "../../command.ts";
import type { Column } from "../../output/column.ts";
import { listDeployments, listingOptions } from "./listing.ts";

const COLUMNS: readonly Column<Deployment>[] = [
  { key: "id" },
  { key: "display_name" },
  { key: "deployment_status" },
  { key: "installation_status" },
  { key: "unavailable_instances" },
  { key: "drifted_instances" },
];

/** `cfy deployments status-list`: the same deployments as `list`, and how they are. */
export const statusList = command({
  name: "status-list",
  summary: "List how deployments are",
  options: listingOptions,
  columns: COLUMNS,
  examples: [["cfy deployments status-list -b app", "are those made of the blueprint app well?"]],
  run: (ctx, args) => listDeployments(ctx, args, COLUMNS),
});
