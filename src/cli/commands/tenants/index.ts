import { group } from "../../command.ts";
import { addUser } from "./add-user.ts";
import { addUserGroup } from "./add-user-group.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { removeUser } from "./remove-user.ts";
import { removeUserGroup } from "./remove-user-group.ts";
import { updateUser } from "./update-user.ts";
import { updateUserGroup } from "./update-user-group.ts";

export const tenants = group({
  name: "tenants",
  summary: "Look after tenants, and who may do what in them",
  commands: [
    list,
    get,
    create,
    addUser,
    updateUser,
    removeUser,
    addUserGroup,
    updateUserGroup,
    removeUserGroup,
    remove,
  ],
});
