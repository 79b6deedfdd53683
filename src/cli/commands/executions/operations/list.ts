import type { Operation } from "../../../../api/resources.ts";
import { TASK_STATES } from "../../../../api/statuses.ts";
import { argument, command, flag, text } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Column } from "../../../output/column.ts";
import { showPage } from "../../list-page.ts";

const COLUMNS: readonly Column<Operation>[] = [
  { key: "id" },
  { key: "name" },
  { key: "type" },
  { key: "state" },
  { key: "manager_name" },
  { key: "agent_name" },
];

/** `cfy executions operations list` */
export const list = command({
  name: "list",
  summary: "List the tasks of an execution and how far they are",
  arguments: { executionId: argument({ help: "Id of the execution", required: false, complete: "execution" }) },
  options: {
    graphId: text({ flags: ["--graph-id"], metavar: "ID", help: "Those of one task graph instead" }),
    showInternal: flag({ flags: ["--show-internal"], help: "Those that run no operation, too" }),
    state: text({
      flags: ["--state"],
      metavar: "STATE",
      help: "Only those in this state: pending, sent, succeeded, …",
      suggestions: TASK_STATES,
    }),
    tenant: tenantOption,
  },
  exclusive: [["executionId", "graphId"]],
  columns: COLUMNS,
  examples: [
    ["cfy executions operations list 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --state failed", "what has failed?"],
  ],
  async run(ctx, { executionId, graphId, showInternal, state, tenant }) {
    if (executionId === undefined && graphId === undefined) {
      throw usageError("Whose tasks?", { hint: "Give the id of an execution, or of a task graph with --graph-id." });
    }
    const page = await ctx.client({ tenant }).operations.page({
      execution_id: executionId,
      graph_id: graphId,
      state,
      skip_internal: showInternal ? undefined : true,
    });
    return showPage(ctx, page, { title: "Operations:", columns: COLUMNS, noun: "operations" });
  },
});
