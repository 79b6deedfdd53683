import { group } from "../../command.ts";
import { install } from "./install.ts";
import { list } from "./list.ts";
import { validate } from "./validate.ts";

export const agents = group({
  name: "agents",
  summary: "Look after the agents on hosts",
  commands: [list, install, validate],
});
