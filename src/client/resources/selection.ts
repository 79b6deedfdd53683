import type { ListQuery, Page } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { Search, SummaryItem } from "../../api/selection.ts";
import { enc, type Query } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export type Searchable =
  | "blueprints"
  | "deployments"
  | "workflows"
  | "nodes"
  | "node-types"
  | "node-instances"
  | "scaling-groups"
  | "capabilities"
  | "secrets";

/** Lists by rules, which do not fit into a query. */
export const searches = (rest: Rest) => ({
  /** @throws RestError `invalid_filter_rule` */
  page: <Item>(resource: Searchable, search: Search, query: ListQuery = {}, options?: CallOptions) =>
    rest.page<Item>(`searches/${resource}`, query, { json: search, ...options }),
  list: <Item>(resource: Searchable, search: Search, query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<Item>(`searches/${resource}`, query, { json: search, ...options }),
});

/** Keys and values that labels of a kind of resource have. */
export const labels = (rest: Rest, resource: "blueprints" | "deployments") => ({
  keys: (query: Query = {}, options?: CallOptions): Promise<Page<string>> =>
    rest.page<string>(`labels/${resource}`, query, options),
  values: (key: string, query: Query = {}, options?: CallOptions): Promise<Page<string>> =>
    rest.page<string>(`labels/${resource}/${enc(key)}`, query, options),
});

export type Summarised =
  | "blueprints"
  | "deployments"
  | "nodes"
  | "node_instances"
  | "executions"
  | "execution_schedules";

export interface SummaryQuery extends ListQuery {
  _target_field: string;
  _sub_field?: string;
}

/** How many resources there are by the values of a field. */
export const summaries = (rest: Rest) => ({
  page: (resource: Summarised, query: SummaryQuery, options?: CallOptions): Promise<Page<SummaryItem>> =>
    rest.page<SummaryItem>(`summary/${resource}`, query, options),
});

/** Intrinsic functions, evaluated with what a deployment is now. */
export const functions = (rest: Rest) => ({
  evaluate: async (
    request: { deployment_id: string; payload: JsonObject; context?: JsonObject },
    options?: CallOptions,
  ): Promise<JsonObject> =>
    (await rest.post<{ payload: JsonObject }>("evaluate/functions", { json: request, ...options })).payload,
});
