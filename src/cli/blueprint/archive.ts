import { open } from "node:fs/promises";
import { posix } from "node:path";
import { CfyError } from "../errors.ts";

/** What an archive may hold; anything else in it is no part of a blueprint. */
export interface ArchiveEntry {
  path: string;
  /** Where a link points. */
  link?: string;
}

/**
 * Looks into an archive before it is sent.
 * @throws CfyError it is no archive, it is empty, something in it leads out of it, or the main file is missing
 */
export async function checkArchive(file: string, mainFile: string): Promise<void> {
  const format = await formatOf(file);
  if (format === "unknown") {
    throw new CfyError("not_an_archive", `${file} is neither a blueprint (.yaml) nor an archive (zip, tar, tar.gz)`);
  }
  // What these pack only the server can read.
  if (format === "bzip2" || format === "xz") return;
  const entries = await readEntries(file, format).catch((cause: Error) => {
    throw new CfyError("not_an_archive", `${file} cannot be read as an archive: ${cause.message}`, { cause });
  });
  for (const entry of entries) refuseUnsafe(file, entry);
  if (entries.length === 0) throw new CfyError("empty_archive", `${file} is empty`);

  const [top, another] = new Set(entries.map(({ path }) => posix.normalize(path).split("/")[0]));
  if (another !== undefined) {
    throw new CfyError("bad_archive_layout", `${file} must hold one folder with the blueprint in it, and holds more`, {
      hint: `At its top stand ${top}, ${another} …`,
    });
  }
  if (!entries.some(({ path }) => posix.normalize(path) === `${top}/${mainFile}`)) {
    const candidates = entries.map(({ path }) => path).filter((path) => /^(\.\/)?[^/]+\/[^/]+\.ya?ml$/.test(path));
    throw new CfyError("blueprint_file_not_found", `There is no ${mainFile} in the folder of ${file}`, {
      hint:
        candidates.length > 0
          ? `Name the main file with -n: ${candidates.map((path) => posix.basename(path)).join(", ")}`
          : [],
    });
  }
}

function refuseUnsafe(file: string, { path, link }: ArchiveEntry): void {
  const leadsOut = (target: string): boolean => {
    const normal = posix.normalize(target);
    return posix.isAbsolute(normal) || normal === ".." || normal.startsWith("../");
  };
  if (
    leadsOut(path) ||
    (link !== undefined && leadsOut(posix.isAbsolute(link) ? link : posix.join(posix.dirname(path), link)))
  ) {
    throw new CfyError(
      "unsafe_archive",
      `${file} is refused: ${path}${link === undefined ? "" : ` -> ${link}`} leads out of it`,
    );
  }
}

type Format = "zip" | "gzip" | "bzip2" | "xz" | "tar" | "unknown";

/** By what it begins with, not by its name. */
export async function formatOf(path: string): Promise<Format> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(512);
    await file.read(head, 0, head.length, 0);
    if (
      head.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004")) ||
      head.subarray(0, 4).equals(Buffer.from("PK\u0005\u0006"))
    )
      return "zip";
    if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
    if (head.subarray(0, 3).toString("latin1") === "BZh") return "bzip2";
    if (head.subarray(1, 5).toString("latin1") === "7zXZ") return "xz";
    return head.subarray(257, 262).toString("latin1") === "ustar" ? "tar" : "unknown";
  } finally {
    await file.close();
  }
}

async function readEntries(file: string, format: Format): Promise<ArchiveEntry[]> {
  return format === "zip" ? (await import("./zip-entries.ts")).zipEntries(file) : tarEntries(file);
}

async function tarEntries(file: string): Promise<ArchiveEntry[]> {
  const { list } = await import("tar");
  const entries: ArchiveEntry[] = [];
  await list({
    file,
    strict: true,
    onReadEntry: ({ path, type, linkpath }) => {
      // A hard link names its target from the top of the archive, a symbolic one from where it stands.
      const link =
        type === "Link"
          ? posix.relative(posix.dirname(path), linkpath ?? "")
          : type === "SymbolicLink"
            ? linkpath
            : undefined;
      entries.push({ path, link });
    },
  });
  return entries;
}
