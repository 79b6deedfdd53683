import type { ExecutionGroup } from "../../../../api/groups.ts";
import { command } from "../../../command.ts";
import { allOption, anyOrderOptions, tenantOption } from "../../../options/common.ts";
import type { Column } from "../../../output/column.ts";
import { showList } from "../../list-page.ts";
import { EXECUTION_GROUP_COLUMNS } from "./columns.ts";

/** Lists call the group by another name than the resource does. */
const COLUMNS: readonly Column<ExecutionGroup>[] = EXECUTION_GROUP_COLUMNS.map((column) =>
  column.key === "deployment_group_id"
    ? { key: "deployment_group", value: ({ deployment_group_id }) => deployment_group_id, whole: true }
    : column,
);

/** `cfy executions groups list` */
export const list = command({
  name: "list",
  summary: "List execution groups",
  options: { ...anyOrderOptions, all: allOption, tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy executions groups list", "which workflow ran on which group of deployments"]],
  async run(ctx, { tenant, ...args }) {
    ctx.notice("Listing execution groups …");
    const { executionGroups } = ctx.client({ tenant });
    return await showList(ctx, args, (query, call) => executionGroups.page(query, call), {
      title: "Execution groups:",
      columns: COLUMNS,
      noun: "execution groups",
    });
  },
});
