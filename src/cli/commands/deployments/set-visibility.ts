import { setVisibilityCommand } from "../shapes/set-visibility.ts";
import { DEPLOYMENT } from "./kind.ts";

/** `cfy deployments set-visibility` */
export const setVisibility = setVisibilityCommand(DEPLOYMENT, ({ deployments }, id, visibility) =>
  deployments.setVisibility(id, visibility),
);
