import { createWriteStream } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Entry, open, type ZipFile } from "yauzl";
import { type ArchiveEntry, type ArchiveLimits, Entries, unusable } from "./archive-entries.ts";

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** No file system takes a longer one. */
const LONGEST_TARGET = 4096;

/** @throws when it is damaged, or unpacks to more than is taken */
export async function listZip(path: string, limits?: ArchiveLimits): Promise<ArchiveEntry[]> {
  const entries = new Entries(limits);
  await eachEntry(path, async (entry, content) => {
    const kind = kindOf(entry);
    if (kind === "link" && entry.uncompressedSize > LONGEST_TARGET)
      throw unusable(`The target of the link ${entry.fileName} is too long`);
    const target = kind === "link" ? await text(await content()) : undefined;
    entries.add({
      path: entry.fileName,
      kind,
      size: entry.uncompressedSize,
      ...(target === undefined ? {} : { target }),
    });
  });
  return entries.all;
}

/** The members have been checked before: see `topDirectory`. */
export async function extractZip(path: string, into: string): Promise<void> {
  await eachEntry(path, async (entry, content) => {
    const destination = join(into, entry.fileName);
    const kind = kindOf(entry);
    if (kind === "directory") {
      await mkdir(destination, { recursive: true, mode: 0o700 });
      return;
    }
    await mkdir(dirname(destination), { recursive: true, mode: 0o700 });
    if (kind === "link") await symlink(await text(await content()), destination);
    else await pipeline(await content(), createWriteStream(destination, { flags: "wx", mode: modeOf(entry) }));
  });
}

async function eachEntry(
  path: string,
  visit: (entry: Entry, content: () => Promise<Readable>) => Promise<void>,
): Promise<void> {
  const zip = await openZip(path);
  try {
    await new Promise<void>((resolve, reject) => {
      zip.once("error", reject);
      zip.once("end", resolve);
      zip.on("entry", (entry: Entry) => {
        visit(entry, () => openContent(zip, entry)).then(() => zip.readEntry(), reject);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
}

// File names are checked by `topDirectory`, which says more about what is wrong.
const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });

const openContent = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

const unixMode = (entry: Entry): number => entry.externalFileAttributes >>> 16;

function kindOf(entry: Entry): ArchiveEntry["kind"] {
  if (entry.fileName.endsWith("/")) return "directory";
  return (unixMode(entry) & FILE_TYPE) === SYMBOLIC_LINK ? "link" : "file";
}

/** Only whether it may be executed is taken over: who reads it is the server's business. */
const modeOf = (entry: Entry): number => (unixMode(entry) & 0o100 ? 0o700 : 0o600);
