import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { deploymentId } from "./deployment-id.ts";
import { describedValues, valuesText } from "./values.ts";

/** `cfy deployments outputs` */
export const outputs = command({
  name: "outputs",
  summary: "Show the outputs of a deployment",
  arguments: { deploymentId },
  options: { tenant: tenantOption },
  async run(ctx, { deploymentId, tenant }) {
    ctx.notice(`Retrieving the outputs of ${deploymentId} …`);
    const { deployments } = ctx.client({ tenant });
    const declared = await deployments.get(deploymentId, { _include: ["outputs"] });
    const current = await deployments.outputs(deploymentId);
    const outputs = describedValues(declared.outputs ?? {}, current.outputs);
    await ctx.output.document(outputs, () => valuesText(outputs));
    return ExitCode.Ok;
  },
});
