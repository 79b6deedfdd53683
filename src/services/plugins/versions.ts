/** Compares two versions as Python's packages number them: by their numbers, and a pre-release before its release. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parsed(one), parsed(other)];
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at += 1) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.suffix.localeCompare(b.suffix, "en", { numeric: true });
}

/** Whether a version fulfils comparisons such as `>=1.0` and `<2.0`, all of them. */
export const fulfils = (version: string, comparisons: readonly string[]): boolean =>
  comparisons.every((comparison) => holds(version, comparison));

const COMPARISON = /^(>=|<=|==|!=|~=|>|<)?\s*(.*)$/;

function holds(version: string, comparison: string): boolean {
  const [, operator = "==", wanted = ""] = COMPARISON.exec(comparison.trim()) ?? [];
  if (wanted.endsWith(".*")) {
    const matches = `${version}.`.startsWith(wanted.slice(0, -1));
    return operator === "!=" ? !matches : matches;
  }
  const order = compareVersions(version, wanted);
  switch (operator) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "!=":
      return order !== 0;
    case "~=":
      return order >= 0 && `${version}.`.startsWith(`${wanted.split(".").slice(0, -1).join(".")}.`);
    default:
      return order === 0;
  }
}

/** `1.2.0.dev3`: the numbers, and what follows them; development versions come first, post-releases last. */
function parsed(version: string): { numbers: number[]; rank: number; suffix: string } {
  const [, release = "", suffix = ""] = /^v?(\d+(?:\.\d+)*)?(.*)$/.exec(version.trim().toLowerCase()) ?? [];
  const numbers = release.split(".").map(Number);
  const word = suffix.replace(/^[.\-_+]/, "");
  return { numbers, rank: rankOf(word), suffix: word };
}

function rankOf(suffix: string): number {
  if (suffix === "") return 0;
  if (suffix.startsWith("post") || /^\d/.test(suffix)) return 1;
  return suffix.startsWith("dev") ? -2 : -1;
}
