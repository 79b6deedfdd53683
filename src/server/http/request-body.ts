import type { Json, JsonObject } from "../../api/resources.ts";
import { badParameters } from "../../services/refusal.ts";

/**
 * The JSON object in a request's body.
 * @throws bad_parameters_error naming the first of `required` that is missing, or when there is no object at all
 */
export function bodyOf<Required extends string = never>(
  body: unknown,
  required: readonly Required[] = [],
): Record<string, Json | undefined> & Record<Required, Json> {
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const object = isObject ? (body as JsonObject) : {};
  for (const key of required) if (!(key in object)) throw badParameters(`Missing ${key} in json request body`);
  if (!isObject) throw badParameters("The request must bring a JSON object");
  return object as Record<string, Json | undefined> & Record<Required, Json>;
}

/** A text, or undefined where it is absent or null. @throws bad_parameters_error */
export function textOf(body: Record<string, Json | undefined>, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badParameters(`${key} must be a text, got ${JSON.stringify(value)}`);
  return value;
}

/** A text that says something. @throws bad_parameters_error */
export function nameOf(body: Record<string, Json | undefined>, key: string): string {
  const value = textOf(body, key);
  if (!value) throw badParameters(`${key} must be a name, got ${JSON.stringify(value ?? null)}`);
  return value;
}

/** A whole number of 0 or more, as a number or in digits; `absent` where it is absent or null. @throws bad_parameters_error */
export function countOf(body: Record<string, Json | undefined>, key: string, absent: number): number {
  const value = body[key] ?? absent;
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  throw badParameters(`${key} must be a whole number of 0 or more, got ${JSON.stringify(value)}`);
}

/** An object, or undefined where it is absent or null. @throws bad_parameters_error */
export function objectOf(body: Record<string, Json | undefined>, key: string): JsonObject | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw badParameters(`${key} must be an object`);
  return value;
}
