import { group } from "../../command.ts";
import { set } from "./set.ts";
import { status } from "./status.ts";

export const ldap = group({
  name: "ldap",
  summary: "Let the server use the users of an LDAP server",
  commands: [status, set],
});
