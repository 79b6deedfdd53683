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
const DEFAULT_LIMITS: ArchiveLimits = { bytes: 2 ** 30, files: 100_000 };

/** What Linux takes. */
const LONGEST_PATH = 4096;
const DEEPEST = 128;

export const unusable = (message: string): Refusal => new Refusal("invalid_blueprint_error", message);

/** What an archive holds, as it is read: reading ends where it is more than is taken. */
export class Entries {
  readonly #limits: ArchiveLimits;
  readonly all: ArchiveEntry[] = [];
  #bytes = 0;

  constructor(limits: ArchiveLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** @throws invalid_blueprint_error when that is too much */
  add(entry: ArchiveEntry): void {
    this.all.push(entry);
    this.#bytes += entry.size;
    const { bytes, files } = this.#limits;
    if (this.#bytes <= bytes && this.all.length <= files) return;
    throw unusable(`The archive unpacks to more than is taken: at most ${files} files of ${bytes} bytes in all`);
  }
}

/**
 * The one top directory that a blueprint archive must consist of.
 * @throws invalid_blueprint_error when a member would land outside of it, or there is none, or several
 */
export function topDirectory(entries: readonly ArchiveEntry[]): string {
  refuseUnsafe(entries);
  const tops = new Set(entries.map(({ path }) => topOf(path)).filter((top) => top !== "."));
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
  // Only the top directory is kept: beside it there will be other blueprints.
  for (const { path, kind, target = "" } of entries) {
    if (kind === "link" && topOf(posix.join(posix.dirname(path), target)) !== top) throw leadsOut(path, target);
  }
  return top;
}

/** @throws invalid_blueprint_error when a member would land outside of the directory */
export function refuseUnsafe(entries: readonly ArchiveEntry[]): void {
  const links = new Set(entries.filter(({ kind }) => kind === "link").map(({ path }) => place(path)));
  for (const entry of entries) {
    refuseEscape(entry);
    if (links.size > 0) refuseDetour(entry, links);
  }
}

function refuseEscape({ path, kind, target }: ArchiveEntry): void {
  for (const way of [path, target ?? ""]) {
    if (way.length > LONGEST_PATH || way.split("/").length > DEEPEST)
      throw unusable(`The archive contains a path that is too long: ${way.slice(0, 100)}…`);
  }
  if (isOutside(path))
    throw unusable(`The archive contains the path ${path}, which leads out of the blueprint's directory`);
  if (kind === "other")
    throw unusable(`The archive contains ${path}, which is neither a file, a directory nor a symbolic link`);
  if ((kind === "link" && isOutside(posix.join(posix.dirname(path), target ?? ""))) || target?.startsWith("/"))
    throw leadsOut(path, target);
}

/** Behind a link, a path is not where it seems to be: nothing is put there, and no link leads up from there. */
function refuseDetour({ path, kind, target = "" }: ArchiveEntry, links: ReadonlySet<string>): void {
  const way: string[] = [];
  const isLinkAfter = (step: string): boolean => {
    way.push(step);
    return links.has(place(way.join("/")));
  };
  if (normal(path).split("/").slice(0, -1).some(isLinkAfter))
    throw unusable(`The archive contains the path ${path}, which leads through a link`);
  if (kind !== "link") return;
  let isBehindLink = false;
  for (const step of target.split("/").filter((part) => part !== "" && part !== ".")) {
    if (step !== "..") isBehindLink = isLinkAfter(step) || isBehindLink;
    else if (isBehindLink) throw leadsOut(path, target);
    else way.pop();
  }
}

const leadsOut = (path: string, target = ""): Refusal =>
  unusable(`The archive contains the link ${path} to ${target}, which leads out of the blueprint's directory`);

const normal = (path: string): string => posix.normalize(path).replace(/\/$/, "");

const topOf = (path: string): string => normal(path).split("/")[0] ?? "";

/** Two names that are one to some file systems are one here. */
const place = (path: string): string => normal(path).normalize("NFC").toLowerCase();

const isOutside = (path: string): boolean => {
  const plain = path.replaceAll("\\", "/");
  return plain.startsWith("/") || /^[A-Za-z]:/.test(plain) || posix.normalize(plain).split("/")[0] === "..";
};
