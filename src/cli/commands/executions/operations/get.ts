import { argument, command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";

/** `cfy executions operations get` */
export const get = command({
  name: "get",
  summary: "Show a task of an execution",
  arguments: { operationId: argument({ help: "Id of the task" }) },
  options: { tenant: tenantOption },
  examples: [["cfy executions operations get 41d2f069-995c-404b-b9da-8905b50272fb", "with its parameters"]],
  async run(ctx, { operationId, tenant }) {
    const operation = await ctx.client({ tenant }).operations.get(operationId);
    await ctx.output.details(`Operation ${operationId}:`, { ...operation });
    return ExitCode.Ok;
  },
});
