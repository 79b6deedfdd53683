import { hash, verify } from "@node-rs/argon2";

/** argon2id, with the library's defaults, which follow OWASP. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** False as well where no password was ever set. */
export const isPassword = async (stored: string, given: string): Promise<boolean> =>
  stored !== "" && (await verify(stored, given).catch(() => false));
