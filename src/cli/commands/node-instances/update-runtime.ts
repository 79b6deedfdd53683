import { command, text } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { nodeInstanceId } from "./node-instance-id.ts";
import { merged, propertiesToSet } from "./runtime-properties.ts";
import { showNodeInstance } from "./show-node-instance.ts";

/** `cfy node-instances update-runtime` */
export const updateRuntime = command({
  name: "update-runtime",
  summary: "Set runtime properties of a node instance",
  arguments: { nodeInstanceId },
  options: {
    properties: text({
      flags: ["-p", "--properties"],
      metavar: "PROPERTIES",
      required: true,
      multiple: true,
      help: "a.b=value, JSON or YAML text, or a file; merged with what is there",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  examples: [["cfy node-instances update-runtime web_x1y2 -p network.ip=10.0.0.7", "one property inside another"]],
  async run(ctx, { nodeInstanceId, properties, tenant }) {
    const { nodeInstances } = ctx.client({ tenant });
    const changes = await propertiesToSet(properties, ctx.io.stdin);
    const { version, runtime_properties: present } = await nodeInstances.get(nodeInstanceId);
    await nodeInstances.update(nodeInstanceId, {
      version: version + 1,
      runtime_properties: merged(present ?? {}, changes),
    });
    ctx.notice(`The runtime properties of ${nodeInstanceId} are updated`);
    return showNodeInstance(ctx, await nodeInstances.get(nodeInstanceId));
  },
});
