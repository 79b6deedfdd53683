import { command, text } from "../../command.ts";
import { tenantOption } from "../../options/common.ts";
import { nodeInstanceId } from "./node-instance-id.ts";
import { pathsToDelete, without } from "./runtime-properties.ts";
import { showNodeInstance } from "./show-node-instance.ts";

/** `cfy node-instances delete-runtime` */
export const deleteRuntime = command({
  name: "delete-runtime",
  summary: "Delete runtime properties of a node instance",
  arguments: { nodeInstanceId },
  options: {
    properties: text({
      flags: ["-p", "--properties"],
      metavar: "NAMES",
      required: true,
      multiple: true,
      help: "a.b;c, or a dictionary of names as JSON, YAML or a file",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  examples: [["cfy node-instances delete-runtime web_x1y2 -p network.ip", "one property inside another"]],
  async run(ctx, { nodeInstanceId, properties, tenant }) {
    const { nodeInstances } = ctx.client({ tenant });
    const paths = await pathsToDelete(properties, ctx.io.stdin);
    const { version, runtime_properties: present } = await nodeInstances.get(nodeInstanceId);
    const kept = paths.reduce((left, path) => without(left, path), present ?? {});
    await nodeInstances.update(nodeInstanceId, { version: version + 1, runtime_properties: kept });
    ctx.notice(`The runtime properties of ${nodeInstanceId} are deleted`);
    return showNodeInstance(ctx, await nodeInstances.get(nodeInstanceId));
  },
});
