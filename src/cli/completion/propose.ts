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
  files?: "file" | "directory" | undefined;
  /** To be asked of the server. Where it knows nothing, `files` counts. */
  live?: Live;
  /** Comes before each candidate: `--format=` when its value is completed. */
  prefix: string;
}

export interface Live {
  completer: LiveCompleter;
  beginning: string;
  /** From the rest of the line, by the names of arguments and options. */
  known: ReadonlyMap<string, string>;
  /** What the option was given before. */
  given: readonly string[];
  /** Of `key=value`: the value of this key is looked for. */
  key?: string;
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
    return { ...proposal, prefix: `${inline[1]}=${proposal.prefix}` };
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
  /** All that repeatable options were given. */
  given: Map<string, string[]>;
}

const NOTHING: Proposal = { candidates: [], prefix: "" };

function walk(table: CompletionTable, words: readonly string[]): Place {
  const place: Place = {
    entry: table.root,
    literal: false,
    operands: 0,
    used: new Set(),
    known: new Map(),
    given: new Map(),
  };
  for (const word of words) {
    if (place.awaited) {
      take(place, place.awaited, word);
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
  else take(place, option.value, value);
}

function take({ known, given }: Place, { name }: ValueTable, word: string): void {
  known.set(name, word);
  given.set(name, [...(given.get(name) ?? []), word]);
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
    case "workflow-parameter":
    case "blueprint-input":
      return keyedProposal(place, value, value.complete, current);
    default:
      return { candidates: [], prefix: "", live: liveAt(place, value, value.complete, current) };
  }
}

/** `key=value` of what is declared, or a file. */
function keyedProposal(place: Place, value: ValueTable, completer: LiveCompleter, current: string): Proposal {
  if (/^[@/.~]/.test(current)) return { candidates: [], files: "file", prefix: "" };
  const [, key, beginning = current] = /^([^=]+)=(.*)$/s.exec(current) ?? [];
  const live = liveAt(place, value, completer, beginning);
  return key === undefined
    ? { candidates: [], files: "file", prefix: "", live }
    : { candidates: [], prefix: `${key}=`, live: { ...live, key } };
}

/** What an option says where it is not given counts, too: `uninstall` runs the workflow of that name. */
function liveAt(
  { entry, known, given }: Place,
  { name }: ValueTable,
  completer: LiveCompleter,
  beginning: string,
): Live {
  const options = "options" in entry ? entry.options : [];
  const defaults = options.flatMap(({ value }) =>
    value?.default === undefined ? [] : [[value.name, value.default] as const],
  );
  return { completer, beginning, known: new Map([...defaults, ...known]), given: given.get(name) ?? [] };
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
