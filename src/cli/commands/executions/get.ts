import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { localBlueprintOption, localDeployment } from "../../local-blueprint.ts";
import { tenantOption } from "../../options/common.ts";
import { EXECUTION_COLUMNS } from "./columns.ts";
import { executionId } from "./execution-id.ts";

/** `cfy executions get` */
export const get = command({
  name: "get",
  summary: "Show an execution and its parameters",
  arguments: { executionId: executionId() },
  options: { blueprintId: localBlueprintOption, tenant: tenantOption },
  columns: [...EXECUTION_COLUMNS, { key: "parameters" }],
  examples: [["cfy executions get 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --json", "with its parameters, for a script"]],
  async run(ctx, { executionId, blueprintId, tenant }) {
    if (blueprintId !== undefined) await localDeployment(ctx, blueprintId);
    ctx.notice(`Retrieving execution ${executionId} …`);
    const execution = await ctx.client({ tenant }).executions.get(executionId);
    await ctx.output.record(execution, {
      title: "Execution:",
      columns: [...EXECUTION_COLUMNS, { key: "parameters", extended: true }],
      sections: [{ title: "Execution Parameters:", content: execution.parameters }],
    });
    return ExitCode.Ok;
  },
});
