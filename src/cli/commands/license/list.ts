import type { License } from "../../../api/manager.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";

const COLUMNS: readonly Column<License>[] = [
  { key: "customer_id" },
  { key: "expiration_date", whole: true },
  { key: "license_edition" },
  { key: "trial" },
  { key: "cloudify_version" },
  { key: "capabilities" },
  { key: "expired" },
];

/** `cfy license list` */
export const list = command({
  name: "list",
  summary: "Show the license of the server",
  columns: COLUMNS,
  examples: [["cfy license list --columns expiration_date,expired", "until when is it valid?"]],
  async run(ctx) {
    ctx.notice("Retrieving the license …");
    const { items } = await ctx.client().license.page();
    await ctx.output.rows(items, { title: "Cloudify License", columns: COLUMNS });
    return ExitCode.Ok;
  },
});
