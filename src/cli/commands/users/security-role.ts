import { text } from "../../command.ts";

/** A role in the whole system, of a user or of a group of users. */
export const securityRoleOption = text({
  flags: ["-r", "--security-role"],
  metavar: "ROLE",
  default: "default",
  help: "The role in the whole system: sys_admin, default, or another that the server knows",
  suggestions: ["sys_admin", "default"],
});
