import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { deploymentId } from "./deployment-id.ts";
import { valuesText } from "./values.ts";

/** `cfy deployments inputs` */
export const inputs = command({
  name: "inputs",
  summary: "Show the inputs of a deployment",
  arguments: { deploymentId },
  options: { tenant: tenantOption },
  async run(ctx, { deploymentId, tenant }) {
    ctx.notice(`Retrieving the inputs of ${deploymentId} …`);
    const deployment = await ctx.client({ tenant }).deployments.get(deploymentId, { _include: ["inputs"] });
    const inputs = deployment.inputs ?? {};
    const named = Object.entries(inputs).map(([name, value]) => [name, { value, description: null }] as const);
    await ctx.output.document(inputs, () => valuesText(Object.fromEntries(named)));
    return ExitCode.Ok;
  },
});
