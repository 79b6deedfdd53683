import { version } from "../../lib/version.ts";
import { metavarOf } from "../argument.ts";
import type { Command, Entry, Group, Options } from "../command.ts";
import { globalOptions, topOptions } from "../options/global.ts";
import { loaded } from "../route.ts";
import { optionMeaning, optionName, usageLine } from "./page.ts";
import { topics } from "./topics.ts";

/** Where a topic's lines may end: the margin of a section takes seven columns of eighty. */
const TOPIC_WIDTH = 72;

/** The pages of section 1 by their names: one about the program, and one about each entry of its top level. */
export async function manualPages(root: Group): Promise<Map<string, string>> {
  const pages = new Map([[root.name, programPage(root)]]);
  for (const entry of shownOf(root)) pages.set(`${root.name}-${entry.name}`, await entryPage(root, entry));
  return pages;
}

/** The page about the whole program: its commands, what all of them take, and every topic. */
export function programPage(root: Group): string {
  return pageOf(root.name, root.summary, [
    section("SYNOPSIS", [bold(usageOf([root.name], root))]),
    section("DESCRIPTION", paragraph(`${root.summary}. Each group of commands has a page of its own.`)),
    section(
      "COMMANDS",
      shownOf(root).flatMap(({ name, summary }) => tagged(`cfy-${name}(1)`, `${summary}.`)),
    ),
    section("OPTIONS", [
      ...paragraph("Every command takes these."),
      ...optionLines({ ...globalOptions, ...topOptions }),
    ]),
    ...topics.map(({ name, text }) =>
      section(name.toUpperCase().replaceAll("-", " "), verbatim(text(TOPIC_WIDTH).trimEnd())),
    ),
    section("EXAMPLES", exampleLines(root)),
  ]);
}

/** The page about a command of the top level, or about a group with all that is below it. */
export async function entryPage(root: Group, entry: Entry): Promise<string> {
  const commands = await commandsBelow([root.name, entry.name], entry);
  const { summary, description } = await loaded(entry);
  return pageOf(`${root.name}-${entry.name}`, summary, [
    section(
      "SYNOPSIS",
      commands.flatMap(({ path, command }) => [".PP", bold(usageOf(path, command))]),
    ),
    section("DESCRIPTION", [...paragraph(`${summary}.`), ...(description ? paragraph(description) : [])]),
    ...(entry.kind !== "command" && commands.length > 1
      ? [
          section(
            "COMMANDS",
            commands.flatMap(({ path, command }) => [`.SS ${quoted(path.join(" "))}`, ...aboutCommand(command)]),
          ),
        ]
      : commands.map(({ command }) => section("USAGE", aboutCommand(command)))),
    section("SEE ALSO", [
      `.BR ${root.name} (1),`,
      "which tells the options of every command, exit codes and environment variables.",
    ]),
  ]);
}

interface Found {
  path: readonly string[];
  command: Command;
}

async function commandsBelow(path: readonly string[], lazy: Entry): Promise<Found[]> {
  const entry = await loaded(lazy);
  if (entry.kind === "command") return [{ path, command: entry }];
  const below = await Promise.all(shownOf(entry).map((each) => commandsBelow([...path, each.name], each)));
  return below.flat();
}

const shownOf = (group: Group): Entry[] => group.commands.filter(({ hidden }) => !hidden);

const usageOf = (path: readonly string[], entry: Command | Group): string =>
  usageLine(path, entry).replace("Usage: ", "");

const aboutCommand = (command: Command): string[] => [
  ...paragraph(`${command.summary}.`),
  ...(command.description ? paragraph(command.description) : []),
  ...Object.entries(command.arguments).flatMap(([key, spec]) => tagged(metavarOf(key, spec), spec.help)),
  ...optionLines(command.options),
  ...exampleLines(command),
  ...(command.columns.length > 0 ? paragraph(`Columns: ${command.columns.map(({ key }) => key).join(", ")}.`) : []),
];

const optionLines = (options: Options): string[] =>
  Object.values(options)
    .filter(({ hidden }) => !hidden)
    .flatMap((spec) => tagged(optionName(spec), optionMeaning(spec)));

const exampleLines = ({ examples = [] }: Command | Group): string[] =>
  examples.flatMap(([line, meaning]) => [...verbatim(line), ".RS", escaped(meaning), ".RE"]);

// The language of the pages.

const pageOf = (name: string, summary: string, sections: readonly string[]): string =>
  [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`cfy ${version}`)} "cfy manual"`,
    ".nh",
    ".ad l",
    section("NAME", [`${escaped(name)} \\- ${escaped(summary)}`]),
    ...sections,
    "",
  ].join("\n");

const section = (title: string, lines: readonly string[]): string => [`.SH ${quoted(title)}`, ...lines].join("\n");

const paragraph = (text: string): string[] => [".PP", escaped(text.replaceAll("\n", " "))];

const tagged = (tag: string, meaning: string): string[] => [".TP", bold(tag), escaped(meaning)];

const verbatim = (text: string): string[] => [".PP", ".nf", ...text.split("\n").map(escaped), ".fi"];

const bold = (text: string): string => `\\fB${escaped(text)}\\fR`;

const quoted = (text: string): string => `"${escaped(text).replaceAll('"', "\\(dq")}"`;

/** What would mean something to the formatter stands for itself; a hyphen stays one that can be copied. */
const escaped = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    // Long lists of choices may be broken between two of them.
    .replaceAll("|", "|\\:")
    .replace(/^(?=[.'])/, "\\&")
    .replace(
      /[^\x20-\x7e]/gu,
      (character) => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
