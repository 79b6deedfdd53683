import type { ListQuery, Page } from "../../api/paging.ts";
import type { JsonObject, NodeInstance } from "../../api/resources.ts";
import type { NodeInstanceState } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface NodeInstanceQuery extends ListQuery {
  deployment_id?: string | string[];
  node_id?: string | string[];
  state?: NodeInstanceState | NodeInstanceState[];
}

export interface UpdateNodeInstance {
  /** The version it will have, one above the one that was read: refused when it has a later one by then. */
  version: number;
  state?: NodeInstanceState;
  runtime_properties?: JsonObject;
  system_properties?: JsonObject;
}

export const nodeInstances = (rest: Rest) => ({
  /** @throws RestError `not_found_error` */
  get: (
    id: string,
    { evaluateFunctions = false }: { evaluateFunctions?: boolean } = {},
    options?: CallOptions,
  ): Promise<NodeInstance> =>
    rest.get<NodeInstance>(`node-instances/${enc(id)}`, { _evaluate_functions: evaluateFunctions }, options),
  page: (query: NodeInstanceQuery = {}, options?: CallOptions): Promise<Page<NodeInstance>> =>
    rest.page<NodeInstance>("node-instances", query, options),
  list: (query: NodeInstanceQuery = {}, options?: CallOptions) =>
    rest.pages<NodeInstance>("node-instances", query, options),
  /** @throws RestError `conflict_error` somebody else changed it first */
  update: (id: string, change: UpdateNodeInstance, options?: CallOptions) =>
    rest.patch<NodeInstance>(`node-instances/${enc(id)}`, { json: change, ...options }),
});
