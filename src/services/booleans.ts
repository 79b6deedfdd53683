import { pythonStr } from "../lib/python-text.ts";
import { badParameters } from "./refusal.ts";

/**
 * A boolean as the wire carries it: a JSON boolean, or the word true or false in any case.
 * Python clients send `True` in queries and `"true"` in bodies; 1, yes and null are refused.
 */
export function parseBoolean(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : undefined;
  if (word === "true") return true;
  if (word === "false") return false;
  throw badParameters(`${name} must be <true/false>, got ${pythonStr(value)}`);
}

/** The same for a key that may be absent. */
export const booleanOr = (value: unknown, name: string, absent: boolean): boolean =>
  value === undefined ? absent : parseBoolean(value, name);
