import { group } from "../../command.ts";
import { allow, disallow } from "./change.ts";
import { list } from "./list.ts";

export const permissions = group({
  name: "permissions",
  summary: "See and change what roles may do",
  commands: [list, allow, disallow],
});
