import { group } from "../../command.ts";
import { cancel } from "./cancel.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { graphs } from "./graphs/index.ts";
import { groups } from "./groups/index.ts";
import { list } from "./list.ts";
import { operations } from "./operations/index.ts";
import { resume } from "./resume.ts";
import { start } from "./start.ts";
import { summary } from "./summary.ts";
import { wait } from "./wait.ts";
import { watch } from "./watch.ts";

export const executions = group({
  name: "executions",
  summary: "Run workflows and look after their executions",
  commands: [start, list, get, watch, wait, cancel, resume, remove, groups, operations, graphs, summary],
});
