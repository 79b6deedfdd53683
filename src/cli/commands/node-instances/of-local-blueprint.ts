import type { Json, NodeInstance } from "../../../api/resources.ts";
import { argument, command } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { deploymentMeant, localBlueprintOption } from "../../local-blueprint.ts";

/** `cfy node-instances -b ID [NODE]`: the original's local mode, whose answer is JSON for people too. */
export const ofLocalBlueprint = command({
  name: "node-instances",
  summary: "Show the node instances of a blueprint on the server of this machine",
  arguments: { node: argument({ help: "Only those of this node", required: false, complete: "node" }) },
  options: { blueprintId: localBlueprintOption },
  examples: [["cfy node-instances -b app", "of what cfy init made of the blueprint app"]],
  async run(ctx, { node, blueprintId }) {
    const deploymentId = await deploymentMeant(ctx, { blueprintId }, "Option -b/--blueprint-id is required");
    const instances: Record<string, Json>[] = [];
    for await (const instance of ctx.client().nodeInstances.list({ deployment_id: deploymentId, node_id: node })) {
      instances.push(asInLocalStorage(instance));
    }
    if (node !== undefined && instances.length === 0) {
      throw new CfyError("not_found_error", `${deploymentId} has no node ${node}`, {
        exit: ExitCode.NotFound,
        hint: `cfy nodes list -d ${deploymentId}`,
      });
    }
    await ctx.output.document(instances, () => `${JSON.stringify(instances, null, 2)}\n`);
    return ExitCode.Ok;
  },
});

/** The fields that it had there, in order of their names. */
const asInLocalStorage = (instance: NodeInstance): Record<string, Json> => ({
  id: instance.id,
  name: instance.node_id,
  node_id: instance.node_id,
  relationships: instance.relationships,
  runtime_properties: instance.runtime_properties,
  ...(instance.scaling_groups.length > 0 ? { scaling_groups: instance.scaling_groups } : {}),
  state: instance.state,
  system_properties: instance.system_properties,
  version: instance.version,
});
