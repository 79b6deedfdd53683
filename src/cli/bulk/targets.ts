import { usageError } from "../errors.ts";

/** What a command that takes ids or a selection was given. */
export type Targets = { kind: "one"; id: string; ids: [string] } | Many;

/** What is done in bulk: ids that were named one by one, or whatever the options select. */
export type Many = { kind: "several"; ids: string[] } | { kind: "selected" };

interface Named {
  /** Whether options select something. */
  selected: boolean;
  /** What usage lines call an id. */
  metavar: string;
}

/**
 * One id is the plain command; several, and whatever is selected, are done in bulk.
 * @throws CfyError neither was given, or both
 */
export function targetsOf(ids: readonly string[], { selected, metavar }: Named): Targets {
  const [id, ...more] = new Set(ids);
  if (selected && id !== undefined) {
    throw usageError(`${metavar} and a selection exclude each other`, { hint: "Give ids, or say which by options." });
  }
  if (selected) return { kind: "selected" };
  if (id === undefined) {
    throw usageError(`Argument ${metavar} is missing`, {
      hint: "Give an id, or several, or select by --filter-id, --labels-rule, --attrs-rule or --all.",
    });
  }
  return more.length === 0 ? { kind: "one", id, ids: [id] } : { kind: "several", ids: [id, ...more] };
}

/**
 * Whether options were given that select something.
 * @throws CfyError one is empty: a script's unset variable, which would select everything
 */
export function isSelecting(
  options: Readonly<Record<string, string | readonly string[] | boolean | undefined>>,
): boolean {
  const values = Object.values(options).flat();
  if (values.includes("")) {
    throw usageError("An option that selects is empty", { hint: "Is a variable of the script unset?" });
  }
  return values.some((value) => value !== undefined && value !== false);
}

/** @throws CfyError Ctrl-C begins no more of many; it cannot also cancel what runs */
export function refuseCancelOnInterrupt({ cancelOnInterrupt }: { cancelOnInterrupt: boolean }): void {
  if (!cancelOnInterrupt) return;
  throw usageError("--cancel-on-interrupt is for one execution", { hint: "Of many, Ctrl-C begins no more." });
}
