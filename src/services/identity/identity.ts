import { Refusal } from "../refusal.ts";
import type { Permission } from "./permissions.ts";

export type AuthenticationMethod = "execution_token" | "http_basic" | "token" | "local";

/** Who asks, in which tenant, and what that allows. Every service gets one. */
export interface Identity {
  username: string;
  /** Empty for the few questions that concern no tenant. */
  tenant: string;
  /** The tenants in which the user has a role; an administrator has one in all. */
  tenants: readonly string[];
  role: string;
  permissions: ReadonlySet<Permission>;
  method: AuthenticationMethod;
  /** The execution on whose behalf a request comes, when it carries that execution's token. */
  executionId?: string;
}

export const isAdmin = ({ role }: Identity): boolean => role === "sys_admin";

/** @throws forbidden_error */
export function authorize({ username, tenant, permissions }: Identity, permission: Permission): void {
  if (permissions.has(permission)) return;
  const where = tenant ? ` in the tenant \`${tenant}\`` : "";
  throw new Refusal(
    "forbidden_error",
    `User \`${username}\` is not permitted to perform the action ${permission}${where}`,
  );
}
