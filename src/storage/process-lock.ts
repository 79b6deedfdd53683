import Sqlite from "libsql";

export interface ProcessLock {
  release(): void;
}

/**
 * Takes a lock that at most one living process has, or nothing when another has it. The kernel holds it for us and
 * frees it however the process ends, so it is never stale: what it holds is SQLite's exclusive lock on an empty file.
 */
export function takeProcessLock(path: string): ProcessLock | undefined {
  const file = new Sqlite(path, { timeout: 0 });
  try {
    file.exec("begin exclusive");
  } catch (error) {
    file.close();
    if (error instanceof Error && /\block/i.test(error.message)) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}
