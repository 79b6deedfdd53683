import { badParameters } from "./refusal.ts";

const MAXIMUM_LENGTH = 256;

/**
 * An id that may stand in a path without escaping, and be the name of a file.
 * @throws bad_parameters_error naming the argument and what is wrong with it
 */
export function validateIdentifier(name: string, value: unknown, { mayBeginWithDigit = false } = {}): string {
  if (typeof value !== "string" || value === "") throw badParameters(`The \`${name}\` argument is empty`);
  if (value.length > MAXIMUM_LENGTH) {
    throw badParameters(`The \`${name}\` argument is too long. Maximum allowed length is ${MAXIMUM_LENGTH} characters`);
  }
  if (!/^[A-Za-z0-9._~-]+$/.test(value)) {
    throw badParameters(
      `The \`${name}\` argument contains illegal characters. Only letters, digits and the characters "-", "." and "_" are allowed`,
    );
  }
  if (!mayBeginWithDigit && !/^[A-Za-z]/.test(value)) {
    throw badParameters(`The \`${name}\` argument must begin with a letter`);
  }
  // They name the folder they stand in, and the one above.
  if (value === "." || value === "..") throw badParameters(`The \`${name}\` argument cannot be \`${value}\``);
  return value;
}

/** A text for people: any script, but no control characters; compatibility forms are folded. */
export function validateDisplayName(name: string, value: unknown): string {
  if (typeof value !== "string" || value === "") throw badParameters(`The \`${name}\` argument is empty`);
  const folded = value.normalize("NFKC");
  if (folded.length > MAXIMUM_LENGTH) {
    throw badParameters(`The \`${name}\` argument is too long. Maximum allowed length is ${MAXIMUM_LENGTH} characters`);
  }
  if (/\p{C}/u.test(folded)) throw badParameters(`The \`${name}\` argument contains illegal characters`);
  return folded;
}
