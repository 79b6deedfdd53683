import { metavarOf } from "../argument.ts";
import type { Command, Entry, Group, Options } from "../command.ts";
import { topics } from "../help/topics.ts";
import type { OptionSpec } from "../option.ts";
import { globalOptions } from "../options/global.ts";
import { loaded } from "../route.ts";
import { pathType } from "../value-type.ts";
import type { Completer } from "./completer.ts";

/** The command tree as completion needs it: small, plain, written to a file when cfy is built. */
export interface CompletionTable {
  root: GroupTable;
  /** Options of every command. */
  options: OptionTable[];
  topics: WordTable[];
}

export interface WordTable {
  name: string;
  summary: string;
}

export interface GroupTable extends WordTable {
  commands: EntryTable[];
  addition?: true;
}

export interface CommandTable extends WordTable {
  arguments: ValueTable[];
  options: OptionTable[];
  columns: string[];
  addition?: true;
}

export type EntryTable = GroupTable | CommandTable;

export interface ValueTable {
  /** What context calls it: `DEPLOYMENT_ID`. */
  name: string;
  choices?: readonly string[];
  complete?: Completer;
  /** What counts where it is not given. */
  default?: string;
  variadic?: true;
}

export interface OptionTable {
  flags: readonly string[];
  summary: string;
  /** Absent: it takes none. */
  value?: ValueTable;
  multiple?: true;
}

export async function completionTable(root: Group): Promise<CompletionTable> {
  return {
    root: await groupTable(root),
    options: [...optionTables(globalOptions), { flags: ["-h", "--help"], summary: "Show the page of the command" }],
    topics: topics.map(({ name, summary }) => ({ name, summary })),
  };
}

async function groupTable({ name, summary, commands, addition }: Group): Promise<GroupTable> {
  const shown = commands.filter(({ hidden }) => !hidden);
  return { name, summary, ...(addition ? { addition } : {}), commands: await Promise.all(shown.map(entryTable)) };
}

async function entryTable(lazy: Entry): Promise<EntryTable> {
  const entry = await loaded(lazy);
  return entry.kind === "group" ? await groupTable(entry) : commandTable(entry);
}

function commandTable(command: Command): CommandTable {
  return {
    name: command.name,
    summary: command.summary,
    ...(command.addition ? { addition: true } : {}),
    arguments: Object.entries(command.arguments).map(([key, spec]) => ({
      ...valueTable(metavarOf(key, {}), spec),
      ...(spec.variadic ? { variadic: true } : {}),
    })),
    options: [...optionTables(command.options), ...formatTables(command)],
    columns: command.columns.map(({ key }) => key),
  };
}

/** The global options again, for a command that writes more formats than others. */
const formatTables = ({ formats }: Command): OptionTable[] =>
  formats.length === 0
    ? []
    : (["format", "output"] as const).map((key) => {
        const spec = globalOptions[key];
        return optionTable(key, {
          ...spec,
          type: { ...spec.type, choices: [...(spec.type.choices ?? []), ...formats] },
        });
      });

const optionTables = (options: Options): OptionTable[] =>
  Object.entries(options)
    .filter(([, { hidden }]) => !hidden)
    .map(([key, spec]) => optionTable(key, spec));

function optionTable(key: string, spec: OptionSpec): OptionTable {
  return {
    flags: [...spec.flags, ...(spec.off ?? [])],
    summary: spec.help,
    ...(spec.kind === "value" ? { value: valueTable(metavarOf(key, {}), spec) } : {}),
    ...(spec.multiple || spec.kind === "count" ? { multiple: true } : {}),
  };
}

interface Proposing {
  type: { choices?: readonly string[] };
  complete?: Completer;
  suggestions?: readonly string[];
  default?: unknown;
}

function valueTable(name: string, spec: Proposing): ValueTable {
  const choices = spec.type.choices ?? spec.suggestions;
  const complete = spec.complete ?? (spec.type === pathType ? "file" : undefined);
  return {
    name,
    ...(choices ? { choices } : {}),
    ...(complete ? { complete } : {}),
    ...(complete && typeof spec.default === "string" ? { default: spec.default } : {}),
  };
}
