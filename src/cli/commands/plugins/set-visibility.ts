import { setVisibilityCommand } from "../shapes/set-visibility.ts";
import { PLUGIN } from "./kind.ts";

/** `cfy plugins set-visibility` */
export const setVisibility = setVisibilityCommand(PLUGIN, ({ plugins }, id, visibility) =>
  plugins.setVisibility(id, visibility),
);
