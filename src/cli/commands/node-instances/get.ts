import { command } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { evaluateOption } from "../nodes/options.ts";
import { PROPERTY_COLUMNS } from "./columns.ts";
import { nodeInstanceId } from "./node-instance-id.ts";
import { showNodeInstance } from "./show-node-instance.ts";

/** `cfy node-instances get` */
export const get = command({
  name: "get",
  summary: "Show a node instance and its runtime properties",
  arguments: { nodeInstanceId },
  options: { evaluateFunctions: evaluateOption, tenant: tenantOption },
  columns: PROPERTY_COLUMNS,
  examples: [["cfy node-instances get web_b4k9w2", "with its runtime properties"]],
  async run(ctx, { nodeInstanceId, evaluateFunctions, tenant }) {
    ctx.notice(`Retrieving node instance ${nodeInstanceId} …`);
    return showNodeInstance(ctx, await ctx.client({ tenant }).nodeInstances.get(nodeInstanceId, { evaluateFunctions }));
  },
});
