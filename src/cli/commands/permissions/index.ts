import { group } from "../../command.ts";
import { allow } from "./allow.ts";
import { disallow } from "./disallow.ts";
import { list } from "./list.ts";

export const permissions = group({
  name: "permissions",
  summary: "See and change what roles may do",
  commands: [list, allow, disallow],
});
