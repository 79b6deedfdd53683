import type { Json, JsonObject } from "../../api/resources.ts";
import { badParameters } from "../../services/refusal.ts";

/** The JSON object in a request's body. @throws bad_parameters_error naming the first of `required` that is missing */
export function bodyOf<Required extends string = never>(
  body: unknown,
  required: readonly Required[] = [],
): Record<string, Json | undefined> & Record<Required, Json> {
  const object = typeof body === "object" && body !== null && !Array.isArray(body) ? (body as JsonObject) : {};
  for (const key of required) if (!(key in object)) throw badParameters(`Missing ${key} in json request body`);
  return object as Record<string, Json | undefined> & Record<Required, Json>;
}

/** A text, or undefined where it is absent or null. @throws bad_parameters_error */
export function textOf(body: Record<string, Json | undefined>, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badParameters(`${key} must be a text, got ${JSON.stringify(value)}`);
  return value;
}

/** An object, or undefined where it is absent or null. @throws bad_parameters_error */
export function objectOf(body: Record<string, Json | undefined>, key: string): JsonObject | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw badParameters(`${key} must be an object`);
  return value;
}
