import { argument, text } from "../../command.ts";

export const tenantName = argument({ help: "Name of the tenant", complete: "tenant" });

/** The tenant that a command adds to or takes from. */
export const ofTenantOption = text({
  flags: ["-t", "--tenant-name"],
  metavar: "TENANT",
  required: true,
  help: "The tenant",
  complete: "tenant",
});

/** Those that every server has. */
export const TENANT_ROLES = ["manager", "operations", "user", "viewer"];

/** What its members may do in a tenant. */
export const tenantRoleOption = text({
  flags: ["-r", "--role"],
  metavar: "ROLE",
  required: true,
  help: "The role in the tenant: manager, operations, user, viewer, or another that the server knows",
  suggestions: TENANT_ROLES,
});
