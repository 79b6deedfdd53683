import type { JsonObject } from "../api/resources.ts";

/** The value if it is an object, else an empty one. */
export const objectOf = (value: unknown): JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as JsonObject) : {};

/** A flag without a declared type: given as `name=true` on a command line it is text. */
export const isOn = (value: unknown): boolean => value === true || (typeof value === "string" && /^true$/i.test(value));

/** The items of a list as texts, a single text as a list of one, nothing as none. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
