import { readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Resolver } from "../resolver.ts";

/** Files of a blueprint's folder. Links that lead out of it count as not being there. */
export function folderResolver(folder: string): Resolver {
  const root = realpathSync(folder);
  const inside = (path: string): string | undefined => {
    try {
      const real = realpathSync(join(root, path));
      return real.startsWith(root + sep) && statSync(real).isFile() ? real : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    read: (path) => {
      const real = inside(path);
      return real === undefined ? null : readFileSync(real, "utf8");
    },
    exists: (path) => inside(path) !== undefined,
  };
}
