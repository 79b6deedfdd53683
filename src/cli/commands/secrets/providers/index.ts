import { group } from "../../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { test } from "./test.ts";
import { update } from "./update.ts";

export const providers = group({
  name: "providers",
  summary: "Let other places keep the values of secrets",
  commands: [create, list, get, test, update, remove],
});
