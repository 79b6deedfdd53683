import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";

/** The files of a zip archive; yauzl refuses names that lead out of it. Links become files that hold their target. */
export async function unzip(file: string, into: string): Promise<void> {
  const zip = await openPromise(file, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const path = join(into, entry.fileName);
    const isDirectory = entry.fileName.endsWith("/");
    await mkdir(isDirectory ? path : dirname(path), { recursive: true });
    if (!isDirectory) await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: "wx" }));
  }
}
