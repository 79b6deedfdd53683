import { group } from "../../command.ts";
import { list } from "./list.ts";

export const groups = group({
  name: "groups",
  summary: "See the node groups of deployments",
  commands: [list],
});
