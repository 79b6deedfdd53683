import type { ListQuery } from "../../api/paging.ts";
import type { Site } from "../../api/selection.ts";
import type { Visibility } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface SiteChange {
  new_name?: string;
  /** `latitude, longitude`; an empty text takes it away. */
  location?: string;
  visibility?: Visibility;
}

export const sites = (rest: Rest) => ({
  /** @throws RestError `not_found_error` */
  get: (name: string, options?: CallOptions) => rest.get<Site>(`sites/${enc(name)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Site>("sites", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Site>("sites", query, options),
  /** @throws RestError `conflict_error`, `bad_parameters_error` the location is none */
  create: (name: string, request: { location?: string; visibility?: Visibility } = {}, options?: CallOptions) =>
    rest.put<Site>(`sites/${enc(name)}`, { json: { visibility: "tenant", ...request }, ...options }),
  update: (name: string, change: SiteChange, options?: CallOptions) =>
    rest.post<Site>(`sites/${enc(name)}`, { json: change, ...options }),
  delete: (name: string, options?: CallOptions) => rest.delete(`sites/${enc(name)}`, options),
});
