import type { Permission, Token } from "../../api/access.ts";
import type { ListQuery, Page } from "../../api/paging.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface CreateToken {
  description?: string;
  /** A moment, or `+3 days` from now. */
  expiration_date?: string;
}

export const tokens = (rest: Rest) => ({
  /** @throws RestError `not_found_error` also for somebody else's */
  get: (id: string, options?: CallOptions) => rest.get<Token>(`tokens/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions): Promise<Page<Token>> =>
    rest.page<Token>("tokens", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Token>("tokens", query, options),
  /** Only this answer holds the whole token. */
  create: (request: CreateToken = {}, options?: CallOptions) =>
    rest.post<Token>("tokens", { json: request, ...options }),
  delete: (id: string, options?: CallOptions) => rest.delete(`tokens/${enc(id)}`, options),
});

export const permissions = (rest: Rest) => ({
  page: (options?: CallOptions): Promise<Page<Permission>> => rest.page<Permission>("permissions", {}, options),
  ofRole: (role: string, options?: CallOptions): Promise<Page<Permission>> =>
    rest.page<Permission>(`permissions/${enc(role)}`, {}, options),
  allow: (role: string, permission: string, options?: CallOptions) =>
    rest.put<Permission>(`permissions/${enc(role)}/${enc(permission)}`, options),
  disallow: (role: string, permission: string, options?: CallOptions) =>
    rest.delete(`permissions/${enc(role)}/${enc(permission)}`, options),
});

export const ldap = (rest: Rest) => ({
  /** `enabled` or `disabled`. */
  status: (options?: CallOptions) => rest.get<string>("ldap", {}, options),
  set: (settings: Record<string, unknown>, options?: CallOptions) =>
    rest.post<Record<string, unknown>>("ldap", { json: settings, ...options }),
  /** `local`, or the names of identity providers. */
  identityProvider: (options?: CallOptions) => rest.get<string>("idp", {}, options),
});
