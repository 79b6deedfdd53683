import type { TasksGraph } from "../../../../api/resources.ts";
import { command, text } from "../../../command.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Column } from "../../../output/column.ts";
import { showPage } from "../../list-page.ts";
import { executionId } from "../execution-id.ts";

const COLUMNS: readonly Column<TasksGraph>[] = [
  { key: "id" },
  { key: "execution_id" },
  { key: "name" },
  { key: "created_at" },
];

/** `cfy executions graphs list` */
export const list = command({
  name: "list",
  summary: "List the task graphs of an execution",
  arguments: { executionId: executionId() },
  options: {
    name: text({ flags: ["--name"], metavar: "NAME", help: "Only the one of this name" }),
    tenant: tenantOption,
  },
  columns: COLUMNS,
  examples: [["cfy executions graphs list 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "what it has stored of its work"]],
  async run(ctx, { executionId, name, tenant }) {
    const page = await ctx.client({ tenant }).taskGraphs.page({ execution_id: executionId, name });
    return showPage(ctx, page, { title: "Task graphs:", columns: COLUMNS, noun: "task graphs" });
  },
});
