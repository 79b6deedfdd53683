import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { isAlive } from "../../lib/process-alive.ts";

export interface StartLock {
  release(): Promise<void>;
}

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
      const holder = await readFile(path, "utf8").catch(() => undefined);
      if (holder !== undefined && isAlive(Number(holder))) return undefined;
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
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
