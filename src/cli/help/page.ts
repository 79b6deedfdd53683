import { metavarOf } from "../argument.ts";
import type { Command, Entry, Example, Group, Options } from "../command.ts";
import type { OptionSpec } from "../option.ts";
import { globalOptions, topOptions } from "../options/global.ts";
import { definitions, wrap } from "./wrap.ts";

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;

export const pageWidth = (terminal: number | undefined): number => Math.min(terminal ?? WIDEST, WIDEST);

export const helpPage = (path: readonly string[], entry: Command | Group, width: number): string =>
  entry.kind === "group" ? groupHelp(path, entry, width) : commandHelp(path, entry, width);

/** `Usage: cfy executions get [OPTIONS] EXECUTION_ID` */
export function usageLine(path: readonly string[], entry: Command | Group): string {
  const rest = entry.kind === "group" ? ["COMMAND [ARGS]..."] : Object.entries(entry.arguments).map(argumentUsage);
  return ["Usage:", ...path, "[OPTIONS]", ...rest].join(" ");
}

function argumentUsage([key, spec]: [string, Command["arguments"][string]]): string {
  const name = `${metavarOf(key, spec)}${spec.variadic ? "..." : ""}`;
  return spec.required ? name : `[${name}]`;
}

/** The page of a group: its commands, one line each. */
function groupHelp(path: readonly string[], group: Group, width: number): string {
  return pageOf([
    usageLine(path, group),
    ...aboutLines(group, width),
    ...section("Commands:", group.commands.filter(isShown).map(entryRow), width),
    ...examplesLines(group.examples, width),
    ...section("Options:", optionRows(groupOptions(path)), width),
  ]);
}

/** The page of a command: arguments, options, examples, columns. */
function commandHelp(path: readonly string[], command: Command, width: number): string {
  const taken = new Set(Object.values(command.options).flatMap(({ flags }) => flags));
  const columnKeys = command.columns.map(({ key }) => key).join(", ");
  return pageOf([
    usageLine(path, command),
    ...aboutLines(command, width),
    ...section(
      "Arguments:",
      Object.entries(command.arguments).map(([key, spec]) => [metavarOf(key, spec), spec.help]),
      width,
    ),
    ...section("Options:", optionRows(command.options), width),
    ...examplesLines(command.examples, width),
    ...(columnKeys === "" ? [] : ["", "Columns:", ...wrap(columnKeys, width - 2).map((line) => `  ${line}`)]),
    ...section("Options of every command:", optionRows(globalOptions, taken), width),
  ]);
}

const pageOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

const isShown = ({ hidden }: Entry): boolean => !hidden;

const entryRow = ({ name, summary }: Entry): [string, string] => [name, summary];

/** The top page stays short: what every command takes stands on the page of each. */
const groupOptions = (path: readonly string[]): Options => {
  const { json, verbose, quiet } = globalOptions;
  return path.length === 1 ? { json, verbose, quiet, ...topOptions } : {};
};

function aboutLines({ summary, description }: Group | Command, width: number): string[] {
  const paragraphs = [`${summary}.`, ...(description ? [description] : [])];
  return paragraphs.flatMap((paragraph) => ["", ...wrap(paragraph, width - 2).map((line) => `  ${line}`)]);
}

/** Examples stand one above the other, with what they do beneath: long lines are common. */
function examplesLines(examples: readonly Example[] | undefined, width: number): string[] {
  if (!examples || examples.length === 0) return [];
  return [
    "",
    "Examples:",
    ...examples.flatMap(([line, meaning]) => [`  ${line}`, ...wrap(meaning, width - 6).map((part) => `      ${part}`)]),
  ];
}

function optionRows(options: Options, taken: ReadonlySet<string> = new Set()): [string, string][] {
  const rows: [string, string][] = Object.values(options)
    .filter(({ hidden }) => !hidden)
    .map((spec) => [optionName(spec, taken), optionMeaning(spec)]);
  return taken.size > 0 ? [...rows, ["-h, --help", "Show this page"]] : rows;
}

export function optionName(spec: OptionSpec, taken: ReadonlySet<string> = new Set()): string {
  const flags = spec.flags.filter((flag) => !taken.has(flag)).join(", ");
  const names = spec.off ? `${flags} / ${spec.off.join(", ")}` : flags;
  return spec.kind === "value" ? `${names} ${valueName(spec)}` : names;
}

function valueName(spec: OptionSpec): string {
  if (spec.metavar) return spec.metavar;
  if (spec.type.choices) return spec.type.choices.join("|");
  const long = spec.flags.findLast((flag) => flag.startsWith("--")) ?? "value";
  return long.replace(/^--/, "").replaceAll("-", "_").toUpperCase();
}

export function optionMeaning(spec: OptionSpec): string {
  const remarks = [
    ...(spec.required ? ["required"] : []),
    ...(spec.multiple ? ["repeatable"] : []),
    ...(spec.default === undefined || spec.default === false ? [] : [`default: ${defaultText(spec)}`]),
  ];
  return remarks.length > 0 ? `${spec.help} [${remarks.join(", ")}]` : spec.help;
}

function defaultText(spec: OptionSpec): string {
  if (spec.kind !== "flag") return String(spec.default);
  return spec.flags.at(-1) ?? "on";
}

const section = (title: string, rows: readonly (readonly [string, string])[], width: number): string[] =>
  rows.length === 0 ? [] : ["", title, definitions(rows, width).trimEnd()];
