import { openPromise } from "yauzl";
import type { ArchiveEntry } from "./archive.ts";

/** What a zip file holds. @throws Error it is no zip file, or a name in it leads out of it */
export async function zipEntries(file: string): Promise<ArchiveEntry[]> {
  const zip = await openPromise(file, { lazyEntries: true });
  const entries: ArchiveEntry[] = [];
  for await (const entry of zip.eachEntry()) entries.push({ path: entry.fileName });
  return entries;
}
