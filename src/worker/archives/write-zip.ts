import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** A member of an archive. */
export interface Member {
  path: string;
  mode: number;
  /** None of a directory. */
  content: Readable | null;
}

/** Writes an archive under a name of its own first: what stands under the final one is whole. Modes: only its owner's. */
export async function writeZip(path: string, members: AsyncIterable<Member>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  try {
    const zip = new ZipFile();
    // What breaks a member is told where it is read.
    zip.on("error", () => undefined);
    const written = pipeline(zip.outputStream, createWriteStream(part, { mode: 0o600, flush: true }));
    // It may fail before anybody waits for it.
    written.catch(() => undefined);
    await addAll(zip, members, written);
    await written;
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** One after the other: each is open only while it is written. @throws why the archive could not be written */
async function addAll(zip: ZipFile, members: AsyncIterable<Member>, written: Promise<void>): Promise<void> {
  for await (const { path, mode, content } of members) {
    if (content === null) {
      zip.addEmptyDirectory(path, { mode });
      continue;
    }
    try {
      zip.addReadStream(content, path, { mode });
      await Promise.race([finished(content), written]);
    } finally {
      content.destroy();
    }
  }
  zip.end();
}

/** The files and folders below a directory; links and what is deleted meanwhile are left out. */
export async function* filesBelow(directory: string, prefix: string): AsyncGenerator<Member> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) {
      yield { path, mode: 0o700, content: null };
      yield* filesBelow(join(directory, entry.name), path);
    } else if (entry.isFile()) yield* fileAt(join(directory, entry.name), path);
  }
}

/** One file; nothing when there is none. */
export async function* fileAt(source: string, path: string): AsyncGenerator<Member> {
  const file = await open(source, "r").catch(() => null);
  if (file === null) return;
  const { mode } = await file.stat();
  yield { path, mode: mode & 0o777, content: file.createReadStream() };
}

export const textMember = (path: string, text: string): Member => ({
  path,
  mode: 0o600,
  content: Readable.from([text]),
});
