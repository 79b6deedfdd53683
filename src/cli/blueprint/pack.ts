import { copyFile, cp, lstat, mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { CfyError } from "../errors.ts";
import type { FolderLimits } from "./limits.ts";

/** Where a server looks for the picture of a blueprint. */
const ICON = "icon.png";

interface Packing {
  limits?: FolderLimits;
  /** The path of a picture to put into it. */
  icon?: string | undefined;
}

/**
 * Packs a folder into a tar.gz whose one top directory is the folder, hands it to `use`, and removes it again.
 * @throws CfyError the folder is larger than the server takes, holds profiles, or a link in it leads out of it
 */
export async function withPackedFolder<T>(
  folder: string,
  { limits = {}, icon }: Packing,
  use: (archive: string) => Promise<T>,
): Promise<T> {
  await checkFolder(folder, limits);
  const place = await mkdtemp(join(tmpdir(), "cfy-blueprint-"));
  try {
    const { create } = await import("tar");
    const file = join(place, "blueprint.tar.gz");
    // A name that begins with @ would be taken for an archive to copy from.
    const top = basename(folder).startsWith("@") ? `./${basename(folder)}` : basename(folder);
    const cwd = icon === undefined ? dirname(folder) : join(place, "with-icon");
    if (icon !== undefined) {
      await cp(folder, join(cwd, basename(folder)), { recursive: true, verbatimSymlinks: true });
      await copyFile(icon, join(cwd, basename(folder), ICON));
    }
    await create({ gzip: true, file, cwd, portable: true }, [top]);
    return await use(file);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function checkFolder(folder: string, limits: FolderLimits): Promise<void> {
  let files = 0;
  let bytes = 0;
  for await (const { path, size, link } of entriesOf(folder)) {
    if (relative(folder, path).startsWith(`.cloudify${sep}`)) {
      throw new CfyError("unsafe_blueprint_folder", `${folder} holds .cloudify, where profiles keep their passwords`, {
        hint: "All that lies beside the main file is packed with it: give the blueprint a folder of its own.",
      });
    }
    if (link !== undefined && !isInside(folder, resolve(dirname(path), link))) {
      throw new CfyError(
        "unsafe_blueprint_link",
        `${relative(folder, path)} is a link that leads out of the blueprint (${link})`,
        {
          hint: "Copy into the blueprint what it points to.",
        },
      );
    }
    files += 1;
    bytes += size;
  }
  if (limits.files !== undefined && files > limits.files) {
    throw tooLarge(`${folder} has ${files} files; the server takes ${limits.files}`);
  }
  if (limits.bytes !== undefined && bytes > limits.bytes) {
    throw tooLarge(`${folder} has ${megabytes(bytes)} MB; the server takes ${megabytes(limits.bytes)}`);
  }
}

const tooLarge = (message: string): CfyError =>
  new CfyError("blueprint_too_large", message, {
    hint: "All that lies beside the main file is packed with it: give the blueprint a folder of its own.",
  });

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "");

async function* entriesOf(folder: string): AsyncGenerator<{ path: string; size: number; link?: string }> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* entriesOf(path);
    else if (entry.isSymbolicLink()) yield { path, size: 0, link: await readlink(path) };
    else yield { path, size: (await lstat(path)).size };
  }
}

const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}${sep}`);
