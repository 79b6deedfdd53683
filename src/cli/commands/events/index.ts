import { group } from "../../command.ts";
import { remove } from "./delete.ts";
import { list } from "./list.ts";

export const events = group({
  name: "events",
  summary: "Read what executions report",
  commands: [list, remove],
});
