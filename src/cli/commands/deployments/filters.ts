import { filtersGroup } from "../shapes/filters/index.ts";

/** `cfy deployments filters` */
export const filters = filtersGroup("deployments");
