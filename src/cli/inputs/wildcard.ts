import { readdir } from "node:fs/promises";
import { join } from "node:path";

export const hasWildcard = (text: string): boolean => /[*?[]/.test(text);

/** The files that a shell pattern (`*`, `?`, `[abc]`, in any part of the path) names, in order. */
export async function expandWildcard(pattern: string): Promise<string[]> {
  const [first = "", ...parts] = pattern.split("/");
  const absolute = pattern.startsWith("/");
  let paths = [absolute ? "/" : "."];
  for (const part of absolute ? parts : [first, ...parts]) {
    if (part === "" || part === ".") continue;
    const found = await Promise.all(paths.map((path) => matchesIn(path, part)));
    paths = found.flat();
  }
  return paths.sort();
}

async function matchesIn(directory: string, part: string): Promise<string[]> {
  if (!hasWildcard(part)) return [join(directory, part)];
  const matcher = wildcardPattern(part);
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => matcher.test(name) && (part.startsWith(".") || !name.startsWith(".")))
    .map((name) => join(directory, name));
}

/** A `[` without its `]`, or around letters in no order, stands for itself. */
function wildcardPattern(part: string): RegExp {
  const source = part.replace(/\[!?[^\]]+\]|[\s\S]/g, (piece) => {
    if (piece === "*") return ".*";
    if (piece === "?") return ".";
    const group = `[${piece.slice(1, -1).replace(/^!/, "^").replaceAll("\\", "\\\\")}]`;
    if (piece.length > 1 && isPattern(group)) return group;
    return piece.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "s");
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
