import type { ListQuery } from "../../api/paging.ts";
import type { Filter, FilterRule } from "../../api/selection.ts";
import type { Visibility } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

/** Stored filters of one kind of resource. */
export const filters = (rest: Rest, resource: "blueprints" | "deployments") => ({
  /** @throws RestError `not_found_error` */
  get: (id: string, options?: CallOptions) => rest.get<Filter>(`filters/${resource}/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Filter>(`filters/${resource}`, query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Filter>(`filters/${resource}`, query, options),
  /** @throws RestError `conflict_error`, `invalid_filter_rule` */
  create: (id: string, filter_rules: FilterRule[], visibility: Visibility = "tenant", options?: CallOptions) =>
    rest.put<Filter>(`filters/${resource}/${enc(id)}`, { json: { filter_rules, visibility }, ...options }),
  /** Rules of one kind replace those of that kind only. @throws RestError `invalid_filter_rule`, `illegal_action_error` */
  update: (id: string, change: { filter_rules?: FilterRule[]; visibility?: Visibility }, options?: CallOptions) =>
    rest.patch<Filter>(`filters/${resource}/${enc(id)}`, { json: change, ...options }),
  delete: (id: string, options?: CallOptions) => rest.delete(`filters/${resource}/${enc(id)}`, options),
});
