import { isActive } from "../../api/statuses.ts";
import type { Database, ExecutionRow, Repositories, UserRow } from "../../storage/index.ts";
import { tokenDigest } from "../executions/execution-token.ts";
import { Refusal } from "../refusal.ts";
import { isLocked, lockRules } from "../users/view.ts";
import type { AuthenticationMethod, Identity } from "./identity.ts";
import { isPassword } from "./passwords.ts";
import { grantedTo } from "./role-permissions.ts";
import { parseToken, secretDigest } from "./tokens.ts";

/** What a request brings to say who it is. */
export interface Credentials {
  basic?: { username: string; password: string };
  /** An API token, or the token of an execution. */
  token?: string;
  executionToken?: string;
}

const NOTED_MILLISECONDS = 60_000;

interface Authenticated {
  user: UserRow;
  method: AuthenticationMethod;
  executionId?: string;
}

/**
 * Who a request comes from, and what that user may do in the tenant.
 * @throws unauthorized_error when the credentials are missing or wrong
 * @throws forbidden_error when the tenant does not exist or was not named
 */
export async function identify(
  database: Database,
  given: Credentials,
  { tenant, now }: { tenant: string | undefined; now: string },
): Promise<Identity> {
  return inTenant(database, await authenticate(database, given, now), tenant);
}

/** The one who owns the server's socket is its administrator. @throws forbidden_error for an unknown tenant */
export async function identifyLocal(database: Database, tenant: string): Promise<Identity> {
  const user = await database.read.users.get("admin");
  if (!user) throw unauthorized("the server has no user admin");
  return inTenant(database, { user, method: "local" }, tenant);
}

/** An execution acts for the user who started it, in its own tenant. @throws forbidden_error when that user is gone */
export async function identifyExecution(
  database: Database,
  { id, created_by, tenant_name }: Pick<ExecutionRow, "id" | "created_by" | "tenant_name">,
): Promise<Identity> {
  const user = await database.read.users.get(created_by);
  if (!user) throw unauthorized(`the user ${created_by} of execution ${id} does not exist any more`);
  return inTenant(database, { user, method: "execution_token", executionId: id }, tenant_name);
}

/** The one in whose name the server itself starts something. @throws unauthorized_error when there is no such user any more */
export async function identifyOwner(database: Database, username: string, tenant: string): Promise<Identity> {
  const user = await database.read.users.get(username);
  if (!user?.active) throw unauthorized(`the user ${username} is not there any more, or not active`);
  return inTenant(database, { user, method: "local" }, tenant);
}

async function authenticate(
  database: Database,
  { basic, token, executionToken }: Credentials,
  now: string,
): Promise<Authenticated> {
  const execution = await byExecutionToken(database.read, executionToken ?? token);
  if (execution) return execution;
  if (executionToken !== undefined) throw unauthorized("Authentication failed, invalid Execution Token");
  if (basic) return byPassword(database, basic, now);
  if (token !== undefined) return byToken(database, token, now);
  throw unauthorized("No authentication info provided");
}

async function byExecutionToken(read: Database["read"], token: string | undefined): Promise<Authenticated | undefined> {
  if (!token) return undefined;
  const execution = await read.executions.withToken(tokenDigest(token));
  if (!execution || !isActive(execution.status)) return undefined;
  const user = await read.users.get(execution.created_by);
  return user && { user, method: "execution_token", executionId: execution.id };
}

async function byPassword(
  database: Database,
  { username, password }: { username: string; password: string },
  now: string,
): Promise<Authenticated> {
  const { read } = database;
  const user = await read.users.get(username);
  const wrong = `Authentication failed for <User username=\`${username}\`>. Wrong credentials or locked account`;
  if (!user) throw unauthorized("No authentication info provided");
  const rules = await lockRules(read);
  if (isLocked(user, rules, now)) throw unauthorized(wrong);
  const fits = await isPassword(user.password_hash, password);
  if (!fits) await noteFailure(database, username, now);
  // Others have guessed meanwhile: of many guesses at once no more count than of as many one after the other.
  const known = await read.users.get(username);
  if (!fits || !known?.active || isLocked(known, rules, now)) throw unauthorized(wrong);
  await noteLogin(database, known, now);
  return { user: known, method: "http_basic" };
}

async function noteFailure(database: Database, username: string, now: string): Promise<void> {
  await database.unitOfWork(async (tx) => {
    const user = await tx.users.get(username);
    if (user) await tx.users.update(username, { failed_logins: user.failed_logins + 1, last_failed_login_at: now });
  });
}

/** Noted to the minute: a request that only reads does not wait for the disk each time. */
async function noteLogin(database: Database, user: UserRow, now: string): Promise<void> {
  if (user.failed_logins === 0 && isRecent(user.last_login_at, now)) return;
  const first_login_at = user.first_login_at ?? now;
  await database.unitOfWork((tx) =>
    tx.users.update(user.username, { first_login_at, last_login_at: now, failed_logins: 0 }),
  );
}

const isRecent = (noted: string | null, now: string): boolean =>
  noted !== null && Date.parse(now) - Date.parse(noted) < NOTED_MILLISECONDS;

async function byToken(database: Database, token: string, now: string): Promise<Authenticated> {
  const { read } = database;
  const parts = parseToken(token);
  if (!parts) throw unauthorized("Invalid token structure");
  const stored = await read.tokens.get(parts.id);
  const user = stored && (await read.users.get(stored.username));
  if (!stored || stored.secret_hash !== secretDigest(parts.secret) || !user?.active) throw unauthorized("Unauthorized");
  if (stored.expiration_date !== null && stored.expiration_date < now) throw unauthorized("Token is expired");
  if (!isRecent(stored.last_used, now)) {
    await database.unitOfWork((tx) => tx.tokens.update(stored.id, { last_used: now }));
  }
  return { user, method: "token" };
}

/** The same user in another tenant, with what the roles there allow. */
export async function inAnotherTenant(read: Repositories, who: Identity, tenant: string): Promise<Identity> {
  if (tenant === who.tenant) return who;
  const user = await read.users.get(who.username);
  if (!user) throw unauthorized(`the user ${who.username} does not exist any more`);
  return inTenant({ read }, { ...who, user }, tenant);
}

async function inTenant(
  { read }: { read: Repositories },
  { user, method, executionId }: Authenticated,
  tenant: string | undefined,
): Promise<Identity> {
  if (tenant && !(await read.tenants.get(tenant))) {
    throw new Refusal(
      "forbidden_error",
      `Authorization failed: Tried to authenticate with invalid tenant name: ${tenant}`,
    );
  }
  const [tenantRoles, groups] = await Promise.all([
    read.users.tenantRoles(user.username),
    read.users.groups(user.username),
  ]);
  const systemRoles = [user.role, ...groups.map(({ role }) => role)];
  const rolesHere = tenantRoles.filter(({ tenant_name }) => tenant_name === tenant).map(({ role }) => role);
  return {
    username: user.username,
    tenant: tenant ?? "",
    tenants: [...new Set(tenantRoles.map(({ tenant_name }) => tenant_name))],
    role: systemRoles.includes("sys_admin") ? "sys_admin" : user.role,
    permissions: await grantedTo(read, [...systemRoles, ...rolesHere]),
    method,
    ...(executionId ? { executionId } : {}),
  };
}

const unauthorized = (reason: string): Refusal => new Refusal("unauthorized_error", `User unauthorized: ${reason}`);
