import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Whose value it is: a sealed value opens only where it was sealed for. */
export interface SecretPlace {
  tenant_name: string;
  key: string;
}

/** Seals the values of secrets with a key that only the server's owner can read. */
export interface Vault {
  seal(value: string, place: SecretPlace): Promise<string>;
  /** @throws Error when the value was sealed with another key, for another secret, or was changed since */
  open(sealed: string, place: SecretPlace): Promise<string>;
}

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key is read when it is first needed, and made when there is none. */
export function openVault(keyFile: string): Vault {
  let loaded: Promise<Buffer> | undefined;
  const key = () => {
    loaded ??= readOrMakeKey(keyFile);
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  return {
    seal: async (value, place) => encrypt(await key(), value, context(place)),
    open: async (sealed, place) => decrypt(await key(), sealed, context(place)),
  };
}

const context = ({ tenant_name, key }: SecretPlace): Buffer => Buffer.from(JSON.stringify([tenant_name, key]));

/** nonce, ciphertext and tag, as base64url. `context` is bound to it, but not in it. */
export function encrypt(key: Buffer, text: string, context: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(context);
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString("base64url");
}

/** @throws Error */
export function decrypt(key: Buffer, sealed: string, context: Buffer): string {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error("a sealed value is too short");
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(context)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(opened).toString("utf8");
}

async function readOrMakeKey(path: string): Promise<Buffer> {
  const present = await readKey(path);
  if (present) return present;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
  try {
    // Whoever comes first gives the name to its key; a link, unlike a rename, never replaces one.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const key = await readKey(path);
  if (!key) throw new Error(`the key of secrets ${path} has gone`);
  return key;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const key = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (key && key.length !== KEY_BYTES) throw new Error(`${path} holds no key of ${KEY_BYTES} bytes`);
  return key;
}
