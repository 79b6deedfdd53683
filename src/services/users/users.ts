import type { User } from "../../api/access.ts";
import type { Page } from "../../api/paging.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import type { Repositories, UnitOfWork, UserRow } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { ADMIN } from "../bootstrap/ensure-defaults.ts";
import { validateIdentifier } from "../identifiers.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { SYSTEM_ROLES } from "../identity/permissions.ts";
import { flag, parseInclude, type RawQuery } from "../queries/list-query.ts";
import { listResources } from "../queries/list-resources.ts";
import { badParameters, found, Refusal } from "../refusal.ts";
import { project } from "../views.ts";
import { USER_FIELDS, userView } from "./view.ts";

const SHORTEST_PASSWORD = 5;
const LONGEST_PASSWORD = 256;

export function listUsers(read: Repositories, who: Identity, query: RawQuery): Promise<Page<Partial<User>>> {
  authorize(who, "user_list");
  const hash = flag(query, "_include_hash");
  if (hash) authorize(who, "get_password_hash");
  const details = { data: flag(query, "_get_data"), hash };
  return listResources(read, who, query, {
    fields: USER_FIELDS,
    computed: ["tenants", "tenant_roles", "groups", "group_system_roles", "is_locked", "password_hash"],
    searchIn: ["username"],
    rows: read.users.list,
    view: (rows) => Promise.all(rows.map((row) => userView(read, row, details))),
  });
}

/** One's own account is there for everyone. @throws not_found_error */
export async function getUser(read: Repositories, who: Identity, username: string, query: RawQuery) {
  authorize(who, username === who.username ? "user_get_self" : "user_get");
  const include = parseInclude(query["_include"], USER_FIELDS);
  const row = found(await read.users.get(username), "User", username);
  return project(await userView(read, row, { data: flag(query, "_get_data") }), include);
}

/** @throws conflict_error when the name is taken */
export async function createUser(
  tx: UnitOfWork,
  who: Identity,
  { username, passwordHash, role }: { username: string; passwordHash: string; role: string },
): Promise<User> {
  authorize(who, "user_create");
  validateIdentifier("username", username);
  validateSystemRole(role);
  if (await tx.users.get(username))
    throw new Refusal("conflict_error", `<User username=\`${username}\`> already exists`);
  await tx.users.insert({ username, password_hash: passwordHash, role, created_at: tx.now() });
  return changed(tx, who, username, "create");
}

export type UserChange = { passwordHash: string } | { role: string } | { showGettingStarted: boolean };

/** Everybody may change the own password; roles are for administrators. */
export async function changeUser(tx: UnitOfWork, who: Identity, username: string, change: UserChange): Promise<User> {
  if (username !== who.username || "role" in change) authorize(who, "user_update");
  const user = found(await tx.users.get(username), "User", username);
  if ("role" in change) {
    validateSystemRole(change.role);
    refuseForAdmin(user, "given another role");
    await tx.users.update(username, { role: change.role });
  } else if ("passwordHash" in change) {
    await tx.users.update(username, { password_hash: change.passwordHash, failed_logins: 0 });
  } else {
    await tx.users.update(username, { show_getting_started: change.showGettingStarted });
  }
  return changed(tx, who, username, "update");
}

/** @throws conflict_error when it is as asked already */
export async function setUserActive(tx: UnitOfWork, who: Identity, username: string, active: boolean): Promise<User> {
  authorize(who, "user_set_activated");
  const user = found(await tx.users.get(username), "User", username);
  if (!active) refuseForAdmin(user, "deactivated");
  if (user.active === active) {
    throw new Refusal("conflict_error", `User ${username} is already ${active ? "active" : "inactive"}`);
  }
  await tx.users.update(username, { active });
  return changed(tx, who, username, "update");
}

/** Forgets the wrong passwords that locked an account. */
export async function unlockUser(tx: UnitOfWork, who: Identity, username: string): Promise<User> {
  authorize(who, "user_unlock");
  found(await tx.users.get(username), "User", username);
  await tx.users.update(username, { failed_logins: 0, last_failed_login_at: null });
  return changed(tx, who, username, "update");
}

/** Roles, groups and tokens go along; what the user made stays. */
export async function deleteUser(tx: UnitOfWork, who: Identity, username: string): Promise<void> {
  authorize(who, "user_delete");
  const user = found(await tx.users.get(username), "User", username);
  refuseForAdmin(user, "deleted");
  if (username === who.username) throw new Refusal("illegal_action_error", "Users cannot delete themselves");
  await tx.users.remove(username);
  await recordChange(tx, who, "users", username, "delete");
}

/** @throws bad_parameters_error */
export function validatePassword(password: unknown): string {
  if (typeof password !== "string" || password.length < SHORTEST_PASSWORD) {
    throw badParameters(`The password must have at least ${SHORTEST_PASSWORD} characters`);
  }
  if (password.length > LONGEST_PASSWORD) {
    throw badParameters(`The password must have at most ${LONGEST_PASSWORD} characters`);
  }
  return password;
}

/** @throws bad_parameters_error */
export function validateSystemRole(role: string): void {
  if ((SYSTEM_ROLES as readonly string[]).includes(role)) return;
  throw badParameters(`Invalid role: \`${role}\`. Valid system roles are: ${pythonRepr([...SYSTEM_ROLES])}`);
}

function refuseForAdmin({ username }: UserRow, what: string): void {
  if (username === ADMIN) throw new Refusal("illegal_action_error", `The user ${ADMIN} cannot be ${what}`);
}

async function changed(tx: UnitOfWork, who: Identity, username: string, how: "create" | "update"): Promise<User> {
  await recordChange(tx, who, "users", username, how);
  return userView(tx, found(await tx.users.get(username), "User", username), { data: false });
}
