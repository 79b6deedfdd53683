import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { writePrivateFile } from "../../lib/private-file.ts";
import { ADMIN } from "../../services/bootstrap/ensure-defaults.ts";
import { hashPassword, isPassword } from "../../services/identity/passwords.ts";
import type { Database } from "../../storage/index.ts";

/**
 * Gives `admin` a random password while it has none, and keeps it in a file that only this home's owner can read.
 * A file whose password was changed since is removed. True when the file holds the password.
 */
export async function ensureFirstPassword(database: Database, file: string): Promise<boolean> {
  const admin = await database.read.users.get(ADMIN);
  if (!admin) return false;
  if (admin.password_hash !== "") return keepWhileTrue(file, admin.password_hash);
  const password = randomBytes(18).toString("base64url");
  // The file first: a server that dies in between does it again, and nobody is left with a password that no one knows.
  await writePrivateFile(file, `${password}\n`);
  const password_hash = await hashPassword(password);
  await database.unitOfWork((tx) => tx.users.update(ADMIN, { password_hash }));
  return true;
}

async function keepWhileTrue(file: string, hash: string): Promise<boolean> {
  const password = await readFile(file, "utf8").catch(() => undefined);
  if (password === undefined) return false;
  const holds = await isPassword(hash, password.trim());
  if (!holds) await rm(file, { force: true });
  return holds;
}
