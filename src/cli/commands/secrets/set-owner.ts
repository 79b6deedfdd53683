import { setOwnerCommand } from "../shapes/set-owner.ts";
import { SECRET } from "./kind.ts";

/** `cfy secrets set-owner` */
export const setOwner = setOwnerCommand(SECRET, ({ secrets }, key, creator) => secrets.setOwner(key, creator));
