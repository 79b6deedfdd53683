import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** Writes a zip of files by their names in it. Stored, not compressed: what is in a plugin is compressed already. */
export async function writeZip(files: ReadonlyMap<string, string>, to: string, signal: AbortSignal): Promise<void> {
  const zip = new ZipFile();
  for (const [name, file] of files) zip.addFile(file, name, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to, { mode: 0o600 }), { signal });
}
