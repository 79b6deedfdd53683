import { setGlobalCommand } from "../shapes/set-visibility.ts";
import { BLUEPRINT } from "./kind.ts";

/** `cfy blueprints set-global` */
export const setGlobal = setGlobalCommand(BLUEPRINT, ({ blueprints }, id, visibility) =>
  blueprints.setVisibility(id, visibility),
);
