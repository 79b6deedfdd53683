import type { Routes } from "../context.ts";

/** One entry for each resource of the API. */
export const apiRoutes: readonly Routes[] = [];

/** What is served outside of the API. */
export const rootRoutes: readonly Routes[] = [];
