import { mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ArchiveLimits, topDirectory, unusable } from "./archive-entries.ts";
import { extractTar, listTar } from "./tar-archive.ts";
import { extractZip, listZip } from "./zip-archive.ts";

/** Also the archive's file name extension. */
export type ArchiveKind = "zip" | "tar" | "tar.gz" | "tar.bz2";

/**
 * What kind of archive a file is, by its content.
 * @throws invalid_blueprint_error when it is none
 */
export async function archiveKind(path: string): Promise<ArchiveKind> {
  const head = await fileHead(path, 512);
  if (head.length === 0) throw unusable("The uploaded blueprint archive is empty");
  if (head.subarray(0, 2).toString("latin1") === "PK") return "zip";
  if (head[0] === 0x1f && head[1] === 0x8b) return "tar.gz";
  if (head.subarray(0, 3).toString("latin1") === "BZh") return "tar.bz2";
  if (head.subarray(257, 262).toString("latin1") === "ustar") return "tar";
  throw unusable("The uploaded file is no archive. Blueprints are taken as zip, tar, tar.gz and tar.bz2");
}

/**
 * Unpacks a blueprint archive so that `directory` becomes its one top directory; an older one is replaced.
 * Nothing is left behind when the archive is refused.
 * @throws invalid_blueprint_error when it is damaged, empty, holds not exactly one directory or leads out of it
 */
export async function extractArchive(path: string, directory: string, limits?: ArchiveLimits): Promise<void> {
  const kind = await archiveKind(path);
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const beside = await mkdtemp(join(dirname(directory), `.${basename(directory)}-`));
  try {
    const top = topDirectory(await readable(kind === "zip" ? listZip(path, limits) : listTar(path, kind, limits)));
    await readable(kind === "zip" ? extractZip(path, beside) : extractTar(path, kind, beside));
    await rm(directory, { recursive: true, force: true });
    await rename(join(beside, top), directory);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** What the archive readers throw speaks of bytes; the caller hears that the archive is damaged. */
async function readable<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") throw error;
    throw unusable(`The blueprint archive cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The first bytes of a file, as many as there are. */
export async function fileHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
