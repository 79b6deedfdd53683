import { group } from "../../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { summary } from "./summary.ts";
import { disable, enable } from "./turn.ts";
import { update } from "./update.ts";

export const schedule = group({
  name: "schedule",
  summary: "Run workflows at a time, or again and again",
  commands: [create, list, get, update, enable, disable, remove, summary],
});
