import { createHash, randomBytes } from "node:crypto";

const ID_LENGTH = 10;
const SECRET_LENGTH = 40;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export interface TokenParts {
  id: string;
  secret: string;
}

/** `ctok-<id>-<secret>`; undefined when a text is no such thing. */
export function parseToken(token: string): TokenParts | undefined {
  const [prefix, id, secret, ...rest] = token.split("-");
  return prefix === "ctok" && id && secret && rest.length === 0 ? { id, secret } : undefined;
}

export const newToken = (): TokenParts => ({ id: randomText(ID_LENGTH), secret: randomText(SECRET_LENGTH) });
export const writtenToken = ({ id, secret }: TokenParts): string => `ctok-${id}-${secret}`;
export const maskedToken = (id: string): string => `ctok-${id}-********`;

/** The secret is random and long, so that a plain digest keeps it. */
export const secretDigest = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Bytes that would favour some letters are drawn again. */
function randomText(length: number): string {
  const fair = 256 - (256 % ALPHABET.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
}
