import type { Routes } from "../context.ts";
import { eventRoutes } from "./events.ts";

/** One entry for each resource of the API. */
export const apiRoutes: readonly Routes[] = [eventRoutes];

/** What is served outside of the API. */
export const rootRoutes: readonly Routes[] = [];
