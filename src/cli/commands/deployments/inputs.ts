import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { deploymentMeant, localBlueprintOption } from "../../local-blueprint.ts";
import { tenantOption } from "../../options/common.ts";
import { deploymentIdOrLocal } from "./deployment-id.ts";
import { showPlain, valuesText } from "./values.ts";

/** `cfy deployments inputs` */
export const inputs = command({
  name: "inputs",
  summary: "Show the inputs of a deployment",
  arguments: { deploymentId: deploymentIdOrLocal },
  options: { blueprintId: localBlueprintOption, tenant: tenantOption },
  exclusive: [["deploymentId", "blueprintId"]],
  examples: [["cfy deployments inputs my_deployment --json", "all of them, for a script"]],
  async run(ctx, { tenant, ...meant }) {
    const deploymentId = await deploymentMeant(ctx, meant, "Argument DEPLOYMENT_ID is missing");
    ctx.notice(`Retrieving the inputs of ${deploymentId} …`);
    const deployment = await ctx.client({ tenant }).deployments.get(deploymentId, { _include: ["inputs"] });
    const inputs = deployment.inputs ?? {};
    if (meant.blueprintId !== undefined) return await showPlain(ctx, inputs);
    const named = Object.entries(inputs).map(([name, value]) => [name, { value, description: null }] as const);
    await ctx.output.document(inputs, () => valuesText(Object.fromEntries(named)));
    return ExitCode.Ok;
  },
});
