import { usageError } from "../errors.ts";

/** An id that the caller chooses must survive in a URL as it is. */
export function validName(name: string, what: string): string {
  if (name.trim() === "") throw usageError(`The ${what} is empty`);
  if (/^[\w.~-]+$/.test(name)) return name;
  throw usageError(`The ${what} ${JSON.stringify(name)} contains illegal characters`, {
    hint: 'Letters, digits and "-", "." and "_" are allowed.',
  });
}
