import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, list, type ReadEntry } from "tar";
import type { ArchiveKind } from "./archive.ts";
import { type ArchiveEntry, type ArchiveLimits, Entries, unusable } from "./archive-entries.ts";

const KINDS: Record<string, ArchiveEntry["kind"]> = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "directory",
  GNUDumpDir: "directory",
  SymbolicLink: "link",
};

/** @throws when it is damaged, or unpacks to more than is taken */
export async function listTar(path: string, kind: ArchiveKind, limits?: ArchiveLimits): Promise<ArchiveEntry[]> {
  const entries = new Entries(limits);
  const add = (entry: ReadEntry) => {
    try {
      entries.add({
        path: entry.path,
        kind: KINDS[entry.type] ?? "other",
        ...(entry.linkpath ? { target: entry.linkpath } : {}),
        size: entry.size,
      });
    } catch (error) {
      lister.abort(error as Error);
    }
  };
  const lister = list({ strict: true, onReadEntry: add });
  await read(path, kind, lister);
  return entries.all;
}

/** The members have been checked before: see `topDirectory`. */
export const extractTar = (path: string, kind: ArchiveKind, into: string): Promise<void> =>
  read(path, kind, extract({ cwd: into, strict: true, preserveOwner: false }));

async function read(path: string, kind: ArchiveKind, reader: NodeJS.WritableStream): Promise<void> {
  if (kind !== "tar.bz2") return pipeline(createReadStream(path), reader);
  const { stream, ended } = bunzip(path);
  await Promise.all([pipeline(stream, reader), ended]);
}

/** Node has no bzip2; the system's program does it. */
function bunzip(path: string): { stream: Readable; ended: Promise<void> } {
  const child = spawn("bzip2", ["-dc", path], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", () =>
      reject(unusable("bzip2 archives need the program bzip2, which is not installed. Upload a zip or tar.gz")),
    );
    child.once("close", (code) => (code === 0 ? resolve() : reject(unusable("The bzip2 archive is damaged"))));
  });
  return { stream: child.stdout, ended };
}
