import { group } from "../../command.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";

export const config = group({
  name: "config",
  summary: "See and change settings of the server",
  commands: [list, update],
});
