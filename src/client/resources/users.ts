import type { User, UserGroup } from "../../api/access.ts";
import type { ListQuery } from "../../api/paging.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface CreateUser {
  username: string;
  password: string;
  role?: string;
}

/** Exactly one of them at a time. */
export type UserChange = { password: string } | { role: string } | { show_getting_started: boolean };

type DataQuery = ListQuery & { _get_data?: boolean };

export const users = (rest: Rest) => ({
  /** Who the caller is. */
  self: ({ getData = false }: { getData?: boolean } = {}, options?: CallOptions) =>
    rest.get<User>("user", { _get_data: getData }, options),
  /** @throws RestError `not_found_error` */
  get: (name: string, { getData = false }: { getData?: boolean } = {}, options?: CallOptions) =>
    rest.get<User>(`users/${enc(name)}`, { _get_data: getData }, options),
  page: (query: DataQuery = {}, options?: CallOptions) => rest.page<User>("users", query, options),
  list: (query: DataQuery = {}, options?: CallOptions) => rest.pages<User>("users", query, options),
  /** @throws RestError `conflict_error`, `bad_parameters_error` the password is too short */
  create: (request: CreateUser, options?: CallOptions) =>
    rest.put<User>("users", { json: { ...request, role: request.role ?? "default" }, ...options }),
  update: (name: string, change: UserChange, options?: CallOptions) =>
    rest.post<User>(`users/${enc(name)}`, { json: change, ...options }),
  setActive: (name: string, active: boolean, options?: CallOptions) =>
    rest.post<User>(`users/active/${enc(name)}`, { json: { action: active ? "activate" : "deactivate" }, ...options }),
  /** Lets a user in again who has failed to log in too often. */
  unlock: (name: string, options?: CallOptions) => rest.post<User>(`users/unlock/${enc(name)}`, options),
  delete: (name: string, options?: CallOptions) => rest.delete(`users/${enc(name)}`, options),
});

export const userGroups = (rest: Rest) => ({
  get: (name: string, { getData = false }: { getData?: boolean } = {}, options?: CallOptions) =>
    rest.get<UserGroup>(`user-groups/${enc(name)}`, { _get_data: getData }, options),
  page: (query: DataQuery = {}, options?: CallOptions) => rest.page<UserGroup>("user-groups", query, options),
  list: (query: DataQuery = {}, options?: CallOptions) => rest.pages<UserGroup>("user-groups", query, options),
  create: (name: string, request: { ldapGroupDn?: string; role?: string } = {}, options?: CallOptions) =>
    rest.post<UserGroup>("user-groups", {
      json: { group_name: name, ldap_group_dn: request.ldapGroupDn ?? null, role: request.role ?? "default" },
      ...options,
    }),
  setRole: (name: string, role: string, options?: CallOptions) =>
    rest.post<UserGroup>(`user-groups/${enc(name)}`, { json: { role }, ...options }),
  addUser: (name: string, username: string, options?: CallOptions) =>
    rest.put<UserGroup>("user-groups/users", { json: { username, group_name: name }, ...options }),
  removeUser: (name: string, username: string, options?: CallOptions) =>
    rest.delete("user-groups/users", { json: { username, group_name: name }, ...options }),
  delete: (name: string, options?: CallOptions) => rest.delete(`user-groups/${enc(name)}`, options),
});
