import type { Node } from "../../../api/resources.ts";
import { argument, command } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { deploymentIdOption } from "../deployments/deployment-id.ts";
import { NODE_COLUMNS } from "./columns.ts";
import { evaluateOption } from "./options.ts";

interface NodeWithInstances extends Node {
  instances: string[];
}

const COLUMNS: readonly Column<NodeWithInstances>[] = [
  ...NODE_COLUMNS,
  { key: "properties", extended: true },
  { key: "instances", extended: true },
  { key: "operations", extended: true },
  { key: "type_hierarchy", extended: true },
];

/** `cfy nodes get` */
export const get = command({
  name: "get",
  summary: "Show a node with its properties, operations and instances",
  arguments: { nodeId: argument({ help: "Id of the node", complete: "node" }) },
  options: { deploymentId: deploymentIdOption, evaluateFunctions: evaluateOption, tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy nodes get web -d my_deployment", "one node of it"]],
  async run(ctx, { nodeId, deploymentId, evaluateFunctions, tenant }) {
    ctx.notice(`Retrieving node ${nodeId} of ${deploymentId} …`);
    const client = ctx.client({ tenant });
    const node = await client.nodes.find(deploymentId, nodeId, { evaluateFunctions });
    const { items } = await client.nodeInstances.page({ node_id: nodeId, deployment_id: deploymentId });
    if (!node) {
      throw new CfyError("not_found_error", `There is no node ${nodeId} in ${deploymentId}`, {
        exit: ExitCode.NotFound,
        hint: `cfy nodes list -d ${deploymentId}`,
      });
    }
    const instances = items.map(({ id }) => id);
    await ctx.output.record(
      { ...node, instances },
      {
        title: "Node:",
        columns: COLUMNS,
        sections: [
          { title: "Type hierarchy:", content: node.type_hierarchy },
          { title: "Node properties:", content: node.properties },
          { title: "Node operations:", content: node.operations },
          { title: "Node instance IDs:", content: instances },
        ],
      },
    );
    return ExitCode.Ok;
  },
});
