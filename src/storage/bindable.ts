import { WrongType } from "./wrong-type.ts";

/**
 * A parameter as every database takes it. Where nobody looks, SQLite's binding ends the process over a boolean and cuts a
 * text at its first NUL; PostgreSQL takes the boolean for the word and refuses the NUL. @throws WrongType
 */
export function bindable(value: unknown): unknown {
  if (typeof value === "string") return value.includes("\0") ? value.replaceAll("\0", "<NUL>") : value;
  if (typeof value === "boolean" || (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)))
    throw new WrongType("a value that things are looked up by", "a text or a number", value);
  return value;
}
