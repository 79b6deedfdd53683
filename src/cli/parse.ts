import type { ArgumentSpec } from "./argument.ts";
import { usageError } from "./errors.ts";
import { OFF, ON, type OptionSpec } from "./option.ts";
import { didYouMean } from "./suggest.ts";

/** The words that the command line gave for each option or argument, in order; nothing is converted yet. */
export type Given = Map<OptionSpec | ArgumentSpec, string[]>;

interface Meaning {
  spec: OptionSpec;
  turnsOff: boolean;
}

/** Every flag with what it stands for. Where two options share a flag the later one has it. */
export type FlagTable = ReadonlyMap<string, Meaning>;

export function flagTable(...levels: readonly Readonly<Record<string, OptionSpec>>[]): FlagTable {
  const table = new Map<string, Meaning>();
  for (const options of levels) {
    for (const spec of Object.values(options)) {
      for (const flag of spec.flags) table.set(flag, { spec, turnsOff: false });
      for (const flag of spec.off ?? []) table.set(flag, { spec, turnsOff: true });
    }
  }
  return table;
}

export interface Parsed {
  given: Given;
  operands: string[];
  /** Options written after `--help` do not matter, nor does what is missing. */
  help: boolean;
}

/**
 * Splits words into options and operands by the rules of the original's parser: a value may start with a dash,
 * short flags cluster (`-fv`, `-dapp`), a single dash may lead a longer name (`-lr`), `--` ends the options.
 *
 * @param stopAtOperand leaves everything from the first operand on untouched: the sub-command's own words.
 */
export function parseWords(
  words: readonly string[],
  flags: FlagTable,
  { stopAtOperand = false }: { stopAtOperand?: boolean } = {},
): Parsed {
  const rest = [...words];
  const parsed: Parsed = { given: new Map(), operands: [], help: false };

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      parsed.operands.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      parsed.operands.push(word);
      if (stopAtOperand) {
        parsed.operands.push(...rest);
        break;
      }
    } else if (word === "-h" || word === "--help") {
      parsed.help = true;
      break;
    } else {
      takeOption(word);
    }
  }
  return parsed;

  function takeOption(word: string): void {
    const [name, inline] = splitInline(word);
    if (flags.has(name)) take(name, inline);
    else if (word.startsWith("--")) throw unknownOption(name, flags);
    else takeCluster(word);
  }

  /** `-fv` is `-f -v`; in `-dapp` all after `-d` is its value. */
  function takeCluster(word: string): void {
    for (let at = 1; at < word.length; at++) {
      const name = `-${word[at]}`;
      if (name === "-h" && !flags.has(name)) {
        parsed.help = true;
        continue;
      }
      const meaning = flags.get(name);
      if (!meaning) throw unknownOption(word.length === 2 ? word : name, flags);
      const remainder = word.slice(at + 1);
      if (meaning.spec.kind === "value") {
        take(name, remainder === "" ? undefined : remainder);
        return;
      }
      take(name, undefined);
    }
  }

  function take(name: string, inline: string | undefined): void {
    const meaning = flags.get(name);
    if (!meaning) throw unknownOption(name, flags);
    const { spec, turnsOff } = meaning;
    if (spec.kind !== "value") {
      if (inline !== undefined) throw usageError(`Option ${name} takes no value`);
      add(spec, turnsOff ? OFF : ON);
      return;
    }
    const value = inline ?? rest.shift();
    if (value === undefined) throw usageError(`Option ${name} needs a value`);
    add(spec, value);
  }

  function add(spec: OptionSpec, value: string): void {
    const values = parsed.given.get(spec);
    if (values) values.push(value);
    else parsed.given.set(spec, [value]);
  }
}

function splitInline(word: string): [name: string, value: string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function unknownOption(name: string, flags: FlagTable): Error {
  const visible = [...flags].filter(([, { spec }]) => !spec.hidden).map(([flag]) => flag);
  return usageError(`There is no option ${name}`, {
    hint: didYouMean(
      name,
      visible.filter((flag) => flag.startsWith("--") === name.startsWith("--")),
    ),
  });
}
