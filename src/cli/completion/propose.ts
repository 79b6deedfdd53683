import type { LiveCompleter } from "./completer.ts";
import type { CommandTable, CompletionTable, EntryTable, GroupTable, OptionTable, ValueTable } from "./table.ts";

/** A word that could stand where the cursor is, and what it means. */
export interface Candidate {
  word: string;
  meaning: string;
}

export interface Proposal {
  candidates: Candidate[];
  /** The shell itself knows these better. */
  files?: "file" | "directory";
  /** To be asked of the server, with what is known from the rest of the line. */
  live?: { completer: LiveCompleter; beginning: string; known: ReadonlyMap<string, string> };
  /** Comes before each candidate: `--format=` when its value is completed. */
  prefix: string;
}

/** What could stand in place of the last of the words. The words are those after `cfy`. */
export function propose(table: CompletionTable, words: readonly string[]): Proposal {
  const current = words.at(-1) ?? "";
  const place = walk(table, words.slice(0, -1));

  if (place.awaited) return valueProposal(table, place, place.awaited, current);
  const inline = /^(--[^=]+)=(.*)$/s.exec(current);
  if (inline && !place.literal) {
    const value = optionNamed(inline[1] ?? "", table, place)?.value;
    const proposal = value ? valueProposal(table, place, value, inline[2] ?? "") : NOTHING;
    return { ...proposal, prefix: `${inline[1]}=` };
  }
  if (current.startsWith("-") && !place.literal) return optionProposal(table, place, current);
  if ("commands" in place.entry) return beginning(current, place.entry.commands.map(asCandidate));
  const args = place.entry.arguments;
  const argument = args[place.operands] ?? (args.at(-1)?.variadic ? args.at(-1) : undefined);
  return argument ? valueProposal(table, place, argument, current) : NOTHING;
}

interface Place {
  entry: EntryTable;
  /** The value that an option before the cursor waits for. */
  awaited?: ValueTable;
  /** After `--`: everything is an operand. */
  literal: boolean;
  operands: number;
  used: Set<OptionTable>;
  /** Values of options and arguments so far, by their names. */
  known: Map<string, string>;
}

const NOTHING: Proposal = { candidates: [], prefix: "" };

function walk(table: CompletionTable, words: readonly string[]): Place {
  const place: Place = { entry: table.root, literal: false, operands: 0, used: new Set(), known: new Map() };
  for (const word of words) {
    if (place.awaited) {
      place.known.set(place.awaited.name, word);
      place.awaited = undefined;
    } else if (word === "--") place.literal = true;
    else if (word.startsWith("-") && word !== "-" && !place.literal) passOption(table, place, word);
    else passOperand(place, word);
  }
  return place;
}

function passOption(table: CompletionTable, place: Place, word: string): void {
  const [name = "", ...rest] = word.split("=");
  const whole = optionNamed(name, table, place);
  if (whole || word.startsWith("--")) {
    if (whole) pass(place, whole, rest.length > 0 ? rest.join("=") : "");
    return;
  }
  for (let at = 1; at < word.length; at++) {
    const option = optionNamed(`-${word[at]}`, table, place);
    if (!option) return;
    pass(place, option, option.value ? word.slice(at + 1) : "");
    if (option.value) return;
  }
}

/** An option that takes a value and has none yet waits for the next word. */
function pass(place: Place, option: OptionTable, value: string): void {
  place.used.add(option);
  if (!option.value) return;
  if (value === "") place.awaited = option.value;
  else place.known.set(option.value.name, value);
}

function passOperand(place: Place, word: string): void {
  const { entry } = place;
  if ("commands" in entry) {
    place.entry = entryFor(word, entry) ?? { name: word, summary: "", arguments: [], options: [], columns: [] };
    return;
  }
  const argument = entry.arguments[place.operands];
  if (argument) place.known.set(argument.name, word);
  place.operands += 1;
}

/** As on a real command line, the beginning of a name will do. */
function entryFor(word: string, { commands }: GroupTable): EntryTable | undefined {
  const fitting = commands.filter(({ name }) => name.startsWith(word));
  const original = fitting.filter(({ addition }) => !addition);
  return commands.find(({ name }) => name === word) ?? (original.length > 0 ? original : fitting)[0];
}

const optionsAt = (table: CompletionTable, { entry }: Place): OptionTable[] => {
  const own = "options" in entry ? entry.options : [];
  const taken = new Set(own.flatMap(({ flags }) => flags));
  return [
    ...own,
    ...table.options.map((option) => ({ ...option, flags: option.flags.filter((flag) => !taken.has(flag)) })),
  ];
};

const optionNamed = (flag: string, table: CompletionTable, place: Place): OptionTable | undefined =>
  optionsAt(table, place).find(({ flags }) => flags.includes(flag));

function optionProposal(table: CompletionTable, place: Place, current: string): Proposal {
  const used = new Set([...place.used].filter(({ multiple }) => !multiple).flatMap(({ flags }) => flags));
  const candidates = optionsAt(table, place).flatMap(({ flags, summary }) =>
    flags.some((flag) => used.has(flag)) ? [] : flags.map((word) => ({ word, meaning: summary })),
  );
  const long = candidates.filter(({ word }) => word.startsWith("--"));
  return beginning(current, current === "-" || !current.startsWith("--") ? candidates : long);
}

function valueProposal(table: CompletionTable, place: Place, value: ValueTable, current: string): Proposal {
  if (value.choices) return beginning(current, value.choices.map(plain));
  switch (value.complete) {
    case undefined:
      return NOTHING;
    case "file":
    case "directory":
      return { candidates: [], files: value.complete, prefix: "" };
    case "column":
      return columnProposal(place.entry, current);
    case "help-topic":
      return beginning(current, [...table.topics, ...table.root.commands].map(asCandidate));
    default:
      return {
        candidates: [],
        prefix: "",
        live: { completer: value.complete, beginning: current, known: place.known },
      };
  }
}

/** `--columns id,st`: the last one of the list. */
function columnProposal(entry: EntryTable, current: string): Proposal {
  const columns = (entry as Partial<CommandTable>).columns ?? [];
  const chosen = current.split(",");
  const last = chosen.pop() ?? "";
  const before = chosen.length > 0 ? `${chosen.join(",")},` : "";
  const left = columns.filter((key) => !chosen.includes(key) && key.startsWith(last));
  return { candidates: left.map((key) => plain(`${before}${key}`)), prefix: "" };
}

const plain = (word: string): Candidate => ({ word, meaning: "" });

const asCandidate = ({ name, summary }: { name: string; summary: string }): Candidate => ({
  word: name,
  meaning: summary,
});

const beginning = (current: string, candidates: Candidate[]): Proposal => ({
  candidates: candidates.filter(({ word }) => word.startsWith(current)),
  prefix: "",
});
