import { open, stat } from "node:fs/promises";

const CHUNK = 64 * 1024;

/** The last lines of a file; none when there is no file. Reads from its end, as far as it must. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const file = count > 0 ? await open(path, "r").catch(() => undefined) : undefined;
  if (!file) return [];
  try {
    let start = (await file.stat()).size;
    let content = Buffer.alloc(0);
    while (start > 0 && newlines(content) <= count) {
      const length = Math.min(start, CHUNK);
      start -= length;
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      content = Buffer.concat([buffer, content]);
    }
    return content.toString("utf8").trimEnd().split("\n").slice(-count).filter(Boolean);
  } finally {
    await file.close();
  }
}

/** What has been added to a file, and where it now ends. A file that has shrunk was begun anew. */
export async function grownText(path: string, offset: number): Promise<{ text: string; offset: number }> {
  const size = (await sizeOf(path)) ?? 0;
  const start = size < offset ? 0 : offset;
  if (size === start) return { text: "", offset: size };
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return { text: buffer.toString("utf8", 0, bytesRead), offset: start + bytesRead };
  } finally {
    await file.close();
  }
}

/** In bytes; undefined when there is no file. */
export const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

const newlines = (content: Buffer): number => content.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
