import type { Execution } from "../../../api/resources.ts";
import type { ExecutionStatus } from "../../../api/statuses.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { localDeployment } from "../../local-blueprint.ts";
import type { Column } from "../../output/column.ts";

const COLUMNS: readonly Column<Execution>[] = [
  { key: "id" },
  { key: "workflow_id", whole: false },
  { key: "status", value: ({ status_display }) => status_display },
  { key: "blueprint_id" },
  { key: "started_at" },
  { key: "ended_at" },
  { key: "error" },
];

interface Paging {
  sortBy: string;
  descending: boolean;
  offset: number;
  size: number;
  all: boolean;
}

/** `cfy executions list -b ID`, with the columns of the original's local mode; how the deployment was made is left out. */
export async function listOfLocalBlueprint(
  ctx: Context,
  blueprintId: string,
  chosen: { workflow_id: string | undefined; status: ExecutionStatus[] },
  paging: Paging,
): Promise<ExitCode> {
  const deployment_id = await localDeployment(ctx, blueprintId);
  const _sort = `${paging.descending ? "-" : ""}${paging.sortBy}`;
  const executions = [];
  for await (const execution of ctx.client().executions.list({ deployment_id, ...chosen, _sort })) {
    if (execution.workflow_id !== "create_deployment_environment") executions.push(execution);
  }
  const { offset, size, all } = paging;
  const shown = executions.slice(offset, all ? undefined : offset + size);
  await ctx.output.rows(shown, { title: "Executions:", columns: COLUMNS });
  return ExitCode.Ok;
}
