import { group } from "../../command.ts";
import { addUser } from "./add-user.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { removeUser } from "./remove-user.ts";
import { setRole } from "./set-role.ts";

export const userGroups = group({
  name: "user-groups",
  summary: "Look after groups of users",
  commands: [list, get, create, addUser, removeUser, setRole, remove],
});
