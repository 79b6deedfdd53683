import { text } from "../../command.ts";
import { TENANT_ROLES } from "../tenants/options.ts";

export const roleOption = text({
  flags: ["--role"],
  metavar: "ROLE",
  help: "The role",
  suggestions: ["sys_admin", "default", ...TENANT_ROLES],
});
