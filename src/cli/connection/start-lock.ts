import { randomUUID } from "node:crypto";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { isAlive } from "../../lib/process-alive.ts";

export interface StartLock {
  release(): Promise<void>;
}

/** No start takes so long: a lock that is older was left by a process whose number another one has by now. In milliseconds. */
const LONGEST_START = 60_000;

/**
 * The right to start the local server, or undefined while another process that lives has it. It only spares needless
 * starts: should two ever get it, the server's own lock lets one of theirs run.
 */
export async function takeStartLock(path: string): Promise<StartLock | undefined> {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, String(process.pid), { mode: 0o600 });
  try {
    for (;;) {
      if (await linked(own, path)) return { release: () => rm(path, { force: true }) };
      if (await isHeld(path)) return undefined;
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function isHeld(path: string): Promise<boolean> {
  const holder = await readFile(path, "utf8").catch(() => undefined);
  if (holder === undefined || !isAlive(Number(holder))) return false;
  const written = await stat(path).catch(() => undefined);
  return written !== undefined && Math.abs(Date.now() - written.mtimeMs) < LONGEST_START;
}

/** A link appears with its content, and not at all where something is already. */
async function linked(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
