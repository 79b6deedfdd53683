import { randomBytes } from "node:crypto";

/** Six characters of `[a-z0-9]`. */
export type IdSuffix = () => string;

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

export const randomSuffix: IdSuffix = () => {
  const bytes = randomBytes(6);
  let suffix = "";
  for (const byte of bytes) suffix += ALPHABET[byte % ALPHABET.length];
  return suffix;
};

/** Ids of the form `NAME_SUFFIX`, each given out once. */
export function instanceIds(taken: Iterable<string>, suffix: IdSuffix): (name: string) => string {
  const used = new Set(taken);
  return (name) => {
    let id = `${name}_${suffix()}`;
    while (used.has(id)) id = `${name}_${suffix()}`;
    used.add(id);
    return id;
  };
}
