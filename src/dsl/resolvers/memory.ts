import type { Resolver } from "../resolver.ts";

/** Files held in memory, by path. */
export function memoryResolver(files: Readonly<Record<string, string>>): Resolver {
  const byPath = new Map(Object.entries(files));
  return {
    read: (path) => byPath.get(path) ?? null,
    exists: (path) => byPath.has(path),
  };
}
