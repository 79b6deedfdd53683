import type { Deployment } from "../../../api/resources.ts";
import { command, group } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { pagingOptions, sortOptions } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { showList } from "../list-page.ts";

const COLUMNS: readonly Column<Deployment>[] = [
  { key: "deployment_id", value: ({ id }) => id },
  { key: "deployment_name", value: ({ display_name }) => display_name },
  { key: "tenant_name", priority: 0, whole: true },
];

/** What a license counts: deployments that are no service of another one. */
const LICENSED = { _all_tenants: true, _environments_only: true };

/** `cfy license environments list` */
const list = command({
  name: "list",
  summary: "List the deployments that count for the license",
  options: { ...sortOptions("created_at"), ...pagingOptions },
  columns: COLUMNS,
  examples: [["cfy license environments list", "those of all tenants"]],
  async run(ctx, paging) {
    ctx.notice("Listing licensed environments …");
    const { deployments } = ctx.client();
    return await showList(ctx, paging, (query, call) => deployments.page({ ...query, ...LICENSED }, call), {
      title: "Environments:",
      columns: COLUMNS,
      noun: "environments",
    });
  },
});

/** `cfy license environments count` */
const count = command({
  name: "count",
  summary: "Count the deployments that count for the license",
  examples: [["cfy license environments count --json", "the bare number, for a script"]],
  async run(ctx) {
    const { items } = await ctx.client().deployments.page({ ...LICENSED, _get_all_results: true });
    await ctx.output.document(items.length, () => `Licensed environments: ${items.length}\n`);
    return ExitCode.Ok;
  },
});

export const environments = group({
  name: "environments",
  summary: "See the deployments that count for the license",
  commands: [list, count],
});
