import type { ListQuery, Page } from "../../api/paging.ts";
import type { Node } from "../../api/resources.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface NodeQuery extends ListQuery {
  deployment_id?: string | string[];
  id?: string | string[];
  /** Replaces intrinsic functions in properties by their values. */
  _evaluate_functions?: boolean;
  /** Counts drifted and unavailable instances too. */
  _instance_counts?: boolean;
  _instance_context?: string;
}

export const nodes = (rest: Rest) => ({
  /** One node of a deployment, or undefined: nodes have no address of their own. */
  find: async (
    deploymentId: string,
    nodeId: string,
    { evaluateFunctions = false }: { evaluateFunctions?: boolean } = {},
    options?: CallOptions,
  ): Promise<Node | undefined> => {
    const query = { deployment_id: deploymentId, id: nodeId, _evaluate_functions: evaluateFunctions };
    return (await rest.page<Node>("nodes", query, options)).items[0];
  },
  page: (query: NodeQuery = {}, options?: CallOptions): Promise<Page<Node>> => rest.page<Node>("nodes", query, options),
  list: (query: NodeQuery = {}, options?: CallOptions) => rest.pages<Node>("nodes", query, options),
});
