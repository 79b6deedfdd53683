import { open } from "node:fs/promises";

const ENOUGH = 16 * 1024;

/** The last lines of a file; none when there is no file. Reads only its end. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, ENOUGH);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-count).filter(Boolean);
  } finally {
    await file.close();
  }
}
