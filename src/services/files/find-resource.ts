import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";

export class ResourceNotFound extends Error {
  override name = "ResourceNotFound";
}

/**
 * The first of the directories that holds the file, or the folder if that is welcome, too. Neither `..` nor a link leads
 * out of them. @throws ResourceNotFound
 */
export async function findResource(path: string, directories: string[], { folders = false } = {}): Promise<string> {
  for (const directory of directories) {
    const root = await realpath(directory).catch(() => null);
    if (root === null) continue;
    const target = await realpath(resolve(root, `.${join("/", path)}`)).catch(() => null);
    if (target === null || isOutside(root, target)) continue;
    const found = await stat(target);
    if (found.isFile() || (folders && found.isDirectory())) return target;
  }
  throw new ResourceNotFound(`No file ${path} in the deployment's directory or in its blueprint`);
}

function isOutside(root: string, target: string): boolean {
  const way = relative(root, target);
  return way.startsWith("..") || isAbsolute(way);
}
