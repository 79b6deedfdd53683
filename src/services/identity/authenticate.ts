import { isActive } from "../../api/statuses.ts";
import type { Database, ExecutionRow, UserRow } from "../../storage/index.ts";
import { tokenDigest } from "../executions/execution-token.ts";
import { Refusal } from "../refusal.ts";
import type { AuthenticationMethod, Identity } from "./identity.ts";
import { isPassword } from "./passwords.ts";
import { permissionsOf } from "./permissions.ts";
import { parseToken, secretDigest } from "./tokens.ts";

/** What a request brings to say who it is. */
export interface Credentials {
  basic?: { username: string; password: string };
  /** An API token, or the token of an execution. */
  token?: string;
  executionToken?: string;
}

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

async function authenticate(
  { read }: Database,
  { basic, token, executionToken }: Credentials,
  now: string,
): Promise<Authenticated> {
  const execution = await byExecutionToken(read, executionToken ?? token);
  if (execution) return execution;
  if (executionToken !== undefined) throw unauthorized("Authentication failed, invalid Execution Token");
  if (basic) return byPassword(read, basic.username, basic.password);
  if (token !== undefined) return byToken(read, token, now);
  throw unauthorized("No authentication info provided");
}

async function byExecutionToken(read: Database["read"], token: string | undefined): Promise<Authenticated | undefined> {
  if (!token) return undefined;
  const execution = await read.executions.withToken(tokenDigest(token));
  if (!execution || !isActive(execution.status)) return undefined;
  const user = await read.users.get(execution.created_by);
  return user && { user, method: "execution_token", executionId: execution.id };
}

async function byPassword(read: Database["read"], username: string, password: string): Promise<Authenticated> {
  const user = await read.users.get(username);
  // An unknown user and a wrong password are told alike.
  if (user?.active && (await isPassword(user.password_hash, password))) return { user, method: "http_basic" };
  throw unauthorized(`Authentication failed for <User username=\`${username}\`>. Wrong credentials or locked account`);
}

async function byToken(read: Database["read"], token: string, now: string): Promise<Authenticated> {
  const parts = parseToken(token);
  if (!parts) throw unauthorized("Invalid token structure");
  const stored = await read.tokens.get(parts.id);
  const user = stored && (await read.users.get(stored.username));
  if (!stored || stored.secret_hash !== secretDigest(parts.secret) || !user?.active) throw unauthorized("Unauthorized");
  if (stored.expiration_date !== null && stored.expiration_date < now) {
    throw unauthorized("Token is expired");
  }
  return { user, method: "token" };
}

async function inTenant(
  { read }: Database,
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
    permissions: permissionsOf([...systemRoles, ...rolesHere]),
    method,
    ...(executionId ? { executionId } : {}),
  };
}

const unauthorized = (reason: string): Refusal => new Refusal("unauthorized_error", `User unauthorized: ${reason}`);
