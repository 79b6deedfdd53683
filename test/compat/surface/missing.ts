import type { SurfaceEntry, SurfaceOption } from "../../../src/cli/help/surface.ts";

/** The original's command tree: names, flags, kinds, defaults. */
export interface OriginalSurface {
  manager: SurfaceEntry[];
  local_only: SurfaceEntry[];
}

/** What the original has and we have not, one line each. */
export function missingFrom(original: readonly SurfaceEntry[], ours: readonly SurfaceEntry[]): string[] {
  const known = new Map(ours.map((entry) => [entry.path, entry]));
  return original.flatMap((entry) => {
    const own = known.get(entry.path);
    if (!own) return [entry.path];
    if (entry.kind !== own.kind) return [`${entry.path}: is a ${own.kind}, not a ${entry.kind}`];
    return [...missingOptions(entry, own), ...argumentDifferences(entry, own)];
  });
}

/** Where the original gives a flag to two options, it means the last one. */
function missingOptions(original: SurfaceEntry, ours: SurfaceEntry): string[] {
  return original.options.flatMap((option) =>
    option.flags.flatMap((flag) => {
      if (original.options.findLast(({ flags }) => flags.includes(flag)) !== option) return [];
      const own = ours.options.find(({ flags }) => flags.includes(flag));
      if (!own) return [`${original.path} ${flag}`];
      return optionDifferences(option, own).map((difference) => `${original.path} ${flag}: ${difference}`);
    }),
  );
}

/** A list of the original's choices may have become longer. */
function optionDifferences(original: SurfaceOption, ours: SurfaceOption): string[] {
  const differences: string[] = [];
  if (original.kind !== ours.kind) differences.push(`takes ${ours.kind}, not ${original.kind}`);
  if (Boolean(original.multiple) !== Boolean(ours.multiple)) differences.push("repeats differently");
  if (!original.required && ours.required) differences.push("is required");
  const [was, is] = [original.default ?? null, ours.default ?? null];
  if (JSON.stringify(was) !== JSON.stringify(is) && was !== null) differences.push(`default ${is}, not ${was}`);
  return differences;
}

function argumentDifferences(original: SurfaceEntry, ours: SurfaceEntry): string[] {
  const required = (entry: SurfaceEntry) => entry.arguments.filter((argument) => argument.required !== false).length;
  if (original.kind === "group") return [];
  const most = (entry: SurfaceEntry) =>
    entry.arguments.some(({ nargs }) => nargs === -1) ? Number.POSITIVE_INFINITY : entry.arguments.length;
  return required(ours) > required(original) || most(ours) < most(original)
    ? [`${original.path}: takes other arguments`]
    : [];
}
