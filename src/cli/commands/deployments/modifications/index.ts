import { group } from "../../../command.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { rollback } from "./rollback.ts";

export const modifications = group({
  name: "modifications",
  summary: "See what scaling has changed, and take it back",
  commands: [list, get, rollback],
});
