import { setVisibilityCommand } from "../shapes/set-visibility.ts";
import { SECRET } from "./kind.ts";

/** `cfy secrets set-visibility` */
export const setVisibility = setVisibilityCommand(SECRET, ({ secrets }, key, visibility) =>
  secrets.setVisibility(key, visibility),
);
