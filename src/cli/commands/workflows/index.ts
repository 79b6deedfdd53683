import { group } from "../../command.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";

export const workflows = group({
  name: "workflows",
  summary: "See what can be run on a deployment",
  commands: [list, get],
});
