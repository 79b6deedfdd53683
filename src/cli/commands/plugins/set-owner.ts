import { setOwnerCommand } from "../shapes/set-owner.ts";
import { PLUGIN } from "./kind.ts";

/** `cfy plugins set-owner` */
export const setOwner = setOwnerCommand(PLUGIN, ({ plugins }, id, creator) => plugins.update(id, { creator }));
