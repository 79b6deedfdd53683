import { group } from "../../../command.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";

export const operations = group({
  name: "operations",
  summary: "See the tasks of executions",
  commands: [list, get],
});
