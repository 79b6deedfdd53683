import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { deploymentMeant, localBlueprintOption } from "../../local-blueprint.ts";
import { tenantOption } from "../../options/common.ts";
import { deploymentIdOrLocal } from "./deployment-id.ts";
import { describedValues, showPlain, valuesText } from "./values.ts";

/** `cfy deployments outputs` */
export const outputs = command({
  name: "outputs",
  summary: "Show the outputs of a deployment",
  arguments: { deploymentId: deploymentIdOrLocal },
  options: { blueprintId: localBlueprintOption, tenant: tenantOption },
  exclusive: [["deploymentId", "blueprintId"]],
  examples: [["cfy deployments outputs my_deployment", "what it tells those who use it"]],
  async run(ctx, { tenant, ...meant }) {
    const deploymentId = await deploymentMeant(ctx, meant, "Argument DEPLOYMENT_ID is missing");
    ctx.notice(`Retrieving the outputs of ${deploymentId} …`);
    const { deployments } = ctx.client({ tenant });
    const declared = await deployments.get(deploymentId, { _include: ["outputs"] });
    const current = await deployments.outputs(deploymentId);
    if (meant.blueprintId !== undefined) return await showPlain(ctx, current.outputs);
    const outputs = describedValues(declared.outputs ?? {}, current.outputs);
    await ctx.output.document(outputs, () => valuesText(outputs));
    return ExitCode.Ok;
  },
});
