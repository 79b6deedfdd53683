import { setGlobalCommand } from "../shapes/set-visibility.ts";
import { SECRET } from "./kind.ts";

/** `cfy secrets set-global` */
export const setGlobal = setGlobalCommand(SECRET, ({ secrets }, key, visibility) =>
  secrets.setVisibility(key, visibility),
);
