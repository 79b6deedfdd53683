import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CfyError } from "../errors.ts";
import { checkArchive, formatOf } from "./archive.ts";

/**
 * Unpacks an archive into a directory of its own, hands its one folder to `use`, and removes it again.
 * @throws CfyError it is not safe, holds no such main file, or only a server can unpack it
 */
export async function withUnpackedArchive<T>(
  file: string,
  mainFile: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  await checkArchive(file, mainFile);
  const format = await formatOf(file);
  if (format === "bzip2" || format === "xz") {
    throw new CfyError("not_unpacked_here", `${file} is packed by ${format}, which only a server unpacks`, {
      hint: "Pack it as tar.gz or zip, or upload it without --validate and --icon-path.",
    });
  }
  const place = await mkdtemp(join(tmpdir(), "cfy-archive-"));
  try {
    if (format === "zip") await (await import("./unzip.ts")).unzip(file, place);
    else await (await import("tar")).extract({ file, cwd: place, strict: true });
    const [top = ""] = await readdir(place);
    return await use(join(place, top));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
