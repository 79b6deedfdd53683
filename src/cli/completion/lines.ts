import type { Proposal } from "./propose.ts";
import type { Shell } from "./scripts.ts";

/** A proposal in the lines that the shell's script reads. */
export function proposalLines(shell: Shell, { candidates, files, prefix }: Proposal): string {
  if (files) return `:${files}\n`;
  // A word that a line or a terminal would take for something else is none to type.
  const typeable = candidates.filter(({ word }) => !/\p{Cc}/u.test(word));
  return typeable.map(({ word, meaning }) => `${LINES[shell](word, prefix, oneLine(meaning))}\n`).join("");
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");

const LINES: Readonly<Record<Shell, (word: string, prefix: string, meaning: string) => string>> = {
  // bash takes `=` for the end of a word: what stands before it is not to be repeated.
  // It types the word as it is: what a command line would do something with needs a backslash.
  bash: (word) => word.replace(/[^\w.~@%+=:,/\u0080-\uffff-]/g, "\\$&"),
  // What goes on, as `key=`, is marked: no blank is to follow it.
  zsh: (word, prefix, meaning) =>
    `${/[=,]$/.test(word) ? ":=" : ""}${(prefix + word).replaceAll(":", "\\:")}${meaning === "" ? "" : `:${meaning}`}`,
  fish: (word, prefix, meaning) => `${prefix}${word}${meaning === "" ? "" : `\t${meaning}`}`,
};

/** The words as typed: bash hands over `--format=json` and `key=value` as three. */
export function typedWords(shell: Shell, words: readonly string[]): string[] {
  if (shell !== "bash") return [...words];
  const typed: string[] = [];
  for (const word of words) {
    const before = typed.at(-1);
    const joins = before !== undefined && (word === "=" || (before.endsWith("=") && !word.startsWith("-")));
    if (joins) typed[typed.length - 1] = `${before}${word}`;
    else typed.push(word);
  }
  return typed;
}
