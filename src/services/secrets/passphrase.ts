import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { decrypt, encrypt } from "./vault.ts";

/** Exported values carry the mark of their form, so that those of another program are told apart. */
const MARK = "cfy1";
const SALT_BYTES = 16;
const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const CONTEXT = Buffer.from("exported secret");

/** Encrypts many values with one passphrase. */
export async function passphraseSealer(passphrase: string): Promise<(value: string) => string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(passphrase, salt, 32);
  return (value) => [MARK, salt.toString("base64url"), encrypt(key, value, CONTEXT)].join(".");
}

/** Opens values that were exported with a passphrase; those of one export share the work. */
export function passphraseOpener(passphrase: string): (exported: string) => Promise<string> {
  const keys = new Map<string, Promise<Buffer>>();
  return async (exported) => {
    const [mark, salt = "", sealed = "", ...rest] = exported.split(".");
    if (mark !== MARK || rest.length > 0) throw new Error("it was not exported by this program with a passphrase");
    const key = keys.get(salt) ?? derive(passphrase, Buffer.from(salt, "base64url"), 32);
    keys.set(salt, key);
    return decrypt(await key, sealed, CONTEXT);
  };
}
