import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import { deploymentId } from "./deployment-id.ts";
import { describedValues, valuesText } from "./values.ts";

/** `cfy deployments capabilities` */
export const capabilities = command({
  name: "capabilities",
  summary: "Show the capabilities of a deployment",
  arguments: { deploymentId },
  options: { tenant: tenantOption },
  examples: [["cfy deployments capabilities my_deployment", "what it offers to other deployments"]],
  async run(ctx, { deploymentId, tenant }) {
    ctx.notice(`Retrieving the capabilities of ${deploymentId} …`);
    const { deployments } = ctx.client({ tenant });
    const declared = await deployments.get(deploymentId, { _include: ["capabilities"] });
    const current = await deployments.capabilities(deploymentId);
    const capabilities = describedValues(declared.capabilities ?? {}, current.capabilities);
    await ctx.output.document(capabilities, () => valuesText(capabilities));
    return ExitCode.Ok;
  },
});
