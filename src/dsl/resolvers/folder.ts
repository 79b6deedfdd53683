import { readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Resolver } from "../resolver.ts";

/** Files of a blueprint's folder. A link that leads out of it is no file of it. */
export function folderResolver(folder: string): Resolver {
  const root = realpathSync(folder);
  return {
    read(path) {
      const real = realPath(join(root, path));
      if (real === null) return null;
      if (!real.startsWith(root + sep)) throw new Error("it is a link that leads out of the blueprint's folder");
      const stats = statSync(real);
      if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}`);
      return readFileSync(real, "utf8");
    },
    exists(path) {
      try {
        const real = realPath(join(root, path));
        return real?.startsWith(root + sep) === true && statSync(real).isFile();
      } catch {
        return false;
      }
    },
  };
}

/** Null when there is nothing. @throws Error it cannot be reached */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case "ENOENT":
      case "ENOTDIR":
        return null;
      case "ELOOP":
        throw new Error("it is a link that leads back to itself");
      default:
        throw error;
    }
  }
}

const kindOf = (stats: Stats): string => (stats.isDirectory() ? "a directory" : "no regular file");
