import { posix } from "node:path";
import { Refusal } from "../refusal.ts";

/** What an archive says about one of its members, whatever its format. */
export interface ArchiveEntry {
  path: string;
  kind: "file" | "directory" | "link" | "other";
  /** Target of a symbolic link, as written. */
  target?: string;
  /** Bytes when unpacked. */
  size: number;
}

export interface ArchiveLimits {
  bytes: number;
  files: number;
}

/** Far above any real blueprint: these stop an archive made to fill the disk. */
export const DEFAULT_LIMITS: ArchiveLimits = { bytes: 2 ** 30, files: 100_000 };

export const unusable = (message: string): Refusal => new Refusal("invalid_blueprint_error", message);

/**
 * The one top directory that a blueprint archive must consist of.
 * @throws invalid_blueprint_error when a member would land outside of it, or there is none, or several
 */
export function topDirectory(entries: readonly ArchiveEntry[], limits: ArchiveLimits = DEFAULT_LIMITS): string {
  refuseUnsafe(entries, limits);
  const tops = new Set(entries.map(({ path }) => normal(path).split("/")[0] ?? "").filter((top) => top !== "."));
  const [top] = tops;
  if (top === undefined) throw unusable("The archive is empty. Pack the directory that holds the blueprint");
  const isFolder = entries.some(({ path, kind }) =>
    kind === "directory" ? normal(path) === top : normal(path).startsWith(`${top}/`),
  );
  if (tops.size > 1 || !isFolder) {
    throw unusable(
      `The archive must contain exactly one directory at its top, but contains: ${[...tops].toSorted().slice(0, 5).join(", ")}${tops.size > 5 ? "…" : ""}`,
    );
  }
  if (!entries.some(({ kind }) => kind === "file")) {
    throw unusable(`The directory ${top} of the archive is empty. It should hold the blueprint file`);
  }
  return top;
}

/** @throws invalid_blueprint_error when a member would land outside of the directory, or all of them are too much */
export function refuseUnsafe(entries: readonly ArchiveEntry[], limits: ArchiveLimits = DEFAULT_LIMITS): void {
  for (const entry of entries) refuseEscape(entry);
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= limits.bytes && entries.length <= limits.files) return;
  throw unusable(
    `The archive unpacks to ${entries.length} files of ${bytes} bytes in all; at most ${limits.files} files of ${limits.bytes} bytes are taken`,
  );
}

function refuseEscape({ path, kind, target }: ArchiveEntry): void {
  if (isOutside(path))
    throw unusable(`The archive contains the path ${path}, which leads out of the blueprint's directory`);
  if (kind === "other")
    throw unusable(`The archive contains ${path}, which is neither a file, a directory nor a symbolic link`);
  if ((kind === "link" && isOutside(posix.join(posix.dirname(path), target ?? ""))) || target?.startsWith("/")) {
    throw unusable(`The archive contains the link ${path} to ${target}, which leads out of the blueprint's directory`);
  }
}

const normal = (path: string): string => posix.normalize(path).replace(/\/$/, "");

const isOutside = (path: string): boolean => {
  const plain = path.replaceAll("\\", "/");
  return plain.startsWith("/") || /^[A-Za-z]:/.test(plain) || posix.normalize(plain).split("/")[0] === "..";
};
