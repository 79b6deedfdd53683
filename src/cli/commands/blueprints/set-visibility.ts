import { setVisibilityCommand } from "../shapes/set-visibility.ts";
import { BLUEPRINT } from "./kind.ts";

/** `cfy blueprints set-visibility` */
export const setVisibility = setVisibilityCommand(BLUEPRINT, ({ blueprints }, id, visibility) =>
  blueprints.setVisibility(id, visibility),
);
