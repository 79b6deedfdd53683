import { filtersGroup } from "../shapes/filters/index.ts";

/** `cfy blueprints filters` */
export const filters = filtersGroup("blueprints");
