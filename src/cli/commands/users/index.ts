import { group } from "../../command.ts";
import { activate } from "./activate.ts";
import { create } from "./create.ts";
import { deactivate } from "./deactivate.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { setPassword } from "./set-password.ts";
import { setRole } from "./set-role.ts";
import { unlock } from "./unlock.ts";

export const users = group({
  name: "users",
  summary: "Look after users",
  commands: [list, get, create, setPassword, setRole, activate, deactivate, unlock, remove],
});
