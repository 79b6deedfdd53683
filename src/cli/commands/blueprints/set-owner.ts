import { setOwnerCommand } from "../shapes/set-owner.ts";
import { BLUEPRINT } from "./kind.ts";

/** `cfy blueprints set-owner` */
export const setOwner = setOwnerCommand(BLUEPRINT, ({ blueprints }, id, creator) => blueprints.update(id, { creator }));
