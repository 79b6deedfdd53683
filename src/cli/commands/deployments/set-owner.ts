import { setOwnerCommand } from "../shapes/set-owner.ts";
import { DEPLOYMENT } from "./kind.ts";

/** `cfy deployments set-owner` */
export const setOwner = setOwnerCommand(DEPLOYMENT, ({ deployments }, id, creator) =>
  deployments.update(id, { creator }),
);
