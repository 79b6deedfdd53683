import { metavarOf } from "../argument.ts";
import type { Command, Entry, Group, Options } from "../command.ts";
import type { OptionSpec } from "../option.ts";
import { globalOptions, topOptions } from "../options/global.ts";
import { usageLine } from "./page.ts";

/** What the page of a command or group says, as data: the answer of `--help --json`. */
export function specOf(path: readonly string[], entry: Command | Group): Record<string, unknown> {
  const { kind, summary, description = null, examples = [] } = entry;
  return {
    path: path.join(" "),
    kind,
    summary,
    description,
    usage: usageLine(path, entry).replace("Usage: ", ""),
    examples: examples.map(([line, meaning]) => ({ line, meaning })),
    ...(entry.kind === "command" ? commandFacts(entry) : groupFacts(path, entry)),
  };
}

const groupFacts = (path: readonly string[], { commands }: Group) => ({
  commands: commands.filter(isShown).map(({ name, summary }) => ({ name, summary })),
  options: optionFacts(path.length === 1 ? { ...globalOptions, ...topOptions } : globalOptions),
});

const commandFacts = ({ arguments: args, options, columns }: Command) => ({
  arguments: Object.entries(args).map(([key, spec]) => ({
    name: metavarOf(key, spec),
    help: spec.help,
    required: spec.required,
    repeatable: spec.variadic,
    choices: spec.type.choices ?? null,
  })),
  options: [...optionFacts(options), ...optionFacts(globalOptions, options)],
  columns: columns.map(({ key }) => key),
});

/** Without the flags that others have taken for themselves. */
function optionFacts(options: Options, others: Options = {}) {
  const taken = new Set(Object.values(others).flatMap(({ flags }) => flags));
  return Object.values(options)
    .filter(isShown)
    .map((spec: OptionSpec) => ({
      flags: spec.flags.filter((flag) => !taken.has(flag)),
      off: spec.off ?? [],
      kind: spec.kind,
      help: spec.help,
      value: spec.metavar ?? null,
      required: spec.required,
      repeatable: spec.multiple,
      default: spec.default ?? null,
      choices: spec.type.choices ?? null,
    }));
}

const isShown = ({ hidden }: Pick<Entry | OptionSpec, "hidden">): boolean => !hidden;
