import type { Tenant } from "../../api/access.ts";
import type { ListQuery } from "../../api/paging.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export const tenants = (rest: Rest) => ({
  /** @throws RestError `not_found_error` */
  get: (name: string, { getData = false }: { getData?: boolean } = {}, options?: CallOptions) =>
    rest.get<Tenant>(`tenants/${enc(name)}`, { _get_data: getData }, options),
  page: (query: ListQuery & { _get_data?: boolean } = {}, options?: CallOptions) =>
    rest.page<Tenant>("tenants", query, options),
  list: (query: ListQuery & { _get_data?: boolean } = {}, options?: CallOptions) =>
    rest.pages<Tenant>("tenants", query, options),
  create: (name: string, options?: CallOptions) =>
    rest.post<Tenant>(`tenants/${enc(name)}`, { json: { rabbitmq_password: "" }, ...options }),
  delete: (name: string, options?: CallOptions) => rest.delete(`tenants/${enc(name)}`, options),

  addUser: (tenant_name: string, username: string, role: string, options?: CallOptions) =>
    rest.put<Tenant>("tenants/users", { json: { username, tenant_name, role }, ...options }),
  setUserRole: (tenant_name: string, username: string, role: string, options?: CallOptions) =>
    rest.patch<Tenant>("tenants/users", { json: { username, tenant_name, role }, ...options }),
  removeUser: (tenant_name: string, username: string, options?: CallOptions) =>
    rest.delete("tenants/users", { json: { username, tenant_name }, ...options }),

  addGroup: (tenant_name: string, group_name: string, role: string, options?: CallOptions) =>
    rest.put<Tenant>("tenants/user-groups", { json: { group_name, tenant_name, role }, ...options }),
  setGroupRole: (tenant_name: string, group_name: string, role: string, options?: CallOptions) =>
    rest.patch<Tenant>("tenants/user-groups", { json: { group_name, tenant_name, role }, ...options }),
  removeGroup: (tenant_name: string, group_name: string, options?: CallOptions) =>
    rest.delete("tenants/user-groups", { json: { group_name, tenant_name }, ...options }),
});
