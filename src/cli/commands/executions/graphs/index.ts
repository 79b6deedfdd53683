import { group } from "../../../command.ts";
import { list } from "./list.ts";

export const graphs = group({
  name: "graphs",
  summary: "See what executions have stored of their work",
  commands: [list],
});
