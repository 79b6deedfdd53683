import { text } from "../../command.ts";
import { usageError } from "../../errors.ts";

export const roleOption = text({ flags: ["--role"], metavar: "ROLE", help: "The role" });

export const permissionOption = text({
  flags: ["--permission"],
  metavar: "PERMISSION",
  help: "What the role may do, as `cfy permissions list` names it",
});

/** @throws CfyError one of them was not given */
export function grantOf({ role, permission }: { role: string | undefined; permission: string | undefined }) {
  if (role === undefined) throw usageError("Option --role is required");
  if (permission === undefined) throw usageError("Option --permission is required", { hint: "cfy permissions list" });
  return { role, permission };
}

export const AFTER_RESTART = "A manager heeds it once its REST service was restarted.";
