import { setGlobalCommand } from "../shapes/set-visibility.ts";
import { PLUGIN } from "./kind.ts";

/** `cfy plugins set-global` */
export const setGlobal = setGlobalCommand(PLUGIN, ({ plugins }, id, visibility) =>
  plugins.setVisibility(id, visibility),
);
