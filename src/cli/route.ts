import type { Command, Entry, Group } from "./command.ts";
import { usageError } from "./errors.ts";
import { didYouMean } from "./suggest.ts";

/** The entry that a word names: by its whole name or by any beginning of it that fits one only. */
export function entryNamed(word: string, entries: readonly Entry[]): Entry {
  const exact = entries.find(({ name }) => name === word);
  if (exact) return exact;

  const beginning = entries.filter(({ name, hidden }) => !hidden && name.startsWith(word));
  const original = beginning.filter(({ addition }) => !addition);
  const candidates = original.length > 0 ? original : beginning;
  const [only, another] = candidates;
  if (only && !another) return only;
  if (only) {
    throw usageError(`"${word}" could be ${candidates.map(({ name }) => name).join(" or ")}`, {
      hint: "Write a few more letters.",
    });
  }
  const names = entries.filter(({ hidden }) => !hidden).map(({ name }) => name);
  throw usageError(`There is no command "${word}"`, { hint: didYouMean(word, names) });
}

export const loaded = async (entry: Entry): Promise<Command | Group> =>
  entry.kind === "lazy" ? await entry.load() : entry;
