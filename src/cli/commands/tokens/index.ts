import { group } from "../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";

export const tokens = group({
  name: "tokens",
  summary: "Look after API tokens",
  commands: [list, get, create, remove],
});
