import { Command, CommanderError, Option } from "commander";
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
  /** Help was asked for: what is missing or wrong beside it does not matter. */
  help: boolean;
}

/**
 * Splits words into options and operands. commander knows the forms (`-fv`, `-dapp`, `--name=value`, `--`); what it
 * finds is only collected here, since an option may be given at several levels of the command line.
 *
 * @param stopAtOperand leaves everything from the first operand on untouched: the sub-command's own words.
 */
export function parseWords(
  words: readonly string[],
  flags: FlagTable,
  { stopAtOperand = false }: { stopAtOperand?: boolean } = {},
): Parsed {
  const parsed: Parsed = { given: new Map(), operands: [], help: false };
  const parser = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .helpOption(false)
    .allowExcessArguments()
    .argument("[operands...]")
    .passThroughOptions(stopAtOperand);

  for (const [flag, meaning] of flags) collect(flag, meaning);
  for (const flag of ["-h", "--help"]) if (!flags.has(flag)) listen(flag, false, () => (parsed.help = true));

  try {
    parser.parse(words.map(asLongFlag), { from: "user" });
    parsed.operands = parser.args;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (!parsed.help) throw explained(error, flags);
  }
  return parsed;

  function collect(flag: string, { spec, turnsOff }: Meaning): void {
    listen(flag, spec.kind === "value", (value) => {
      const word = spec.kind === "value" ? value : turnsOff ? OFF : ON;
      parsed.given.set(spec, [...(parsed.given.get(spec) ?? []), word]);
    });
  }

  /** Each flag is an option of its own to commander, so that names and negations keep the meaning the spec gives them. */
  function listen(flag: string, takesValue: boolean, heard: (value: string) => void): void {
    const option = new Option(`${asLongFlag(flag)}${takesValue ? " <value>" : ""}`);
    option.negate = false;
    parser.addOption(option);
    parser.on(`option:${option.name()}`, (value: string | null) => heard(value ?? ""));
  }
}

/** The original has names of two letters behind one dash (`-lr`); commander knows those only behind two. */
const TWO_LETTER_FLAG = /^-(lr|ar)(?==|$)/;
const asLongFlag = (word: string): string => word.replace(TWO_LETTER_FLAG, "--$1");

function explained(error: CommanderError, flags: FlagTable): Error {
  const named = /'(?<flag>-[^\s',]*)/.exec(error.message)?.groups?.flag ?? "";
  switch (error.code) {
    case "commander.unknownOption":
      return unknownOption(named, flags);
    case "commander.optionMissingArgument":
      return usageError(`Option ${named} needs a value`);
    default:
      return usageError(error.message);
  }
}

function unknownOption(word: string, flags: FlagTable): Error {
  const name = word.split("=", 1)[0] ?? word;
  if (flags.has(name)) return usageError(`Option ${name} takes no value`);
  // Every single letter is near every other one.
  if (!name.startsWith("--")) return usageError(`There is no option ${name}`);
  const visible = [...flags].filter(([flag, { spec }]) => flag.startsWith("--") && !spec.hidden).map(([flag]) => flag);
  return usageError(`There is no option ${name}`, { hint: didYouMean(name, visible) });
}
