import { metavarOf } from "../argument.ts";
import type { Command, Entry, Example, Group } from "../command.ts";
import { EXIT_CODE_MEANINGS } from "../exit-code.ts";
import { globalOptions } from "../options/global.ts";
import { loaded } from "../route.ts";
import { ENVIRONMENT } from "./environment.ts";
import { optionMeaning, optionName, usageLine } from "./page.ts";

/** The reference page of one entry of the top level, with all that is below it. */
export async function referencePage(path: readonly string[], entry: Entry): Promise<string> {
  const sections = await sectionsOf(path, await loaded(entry), 1);
  return `${sections.join("\n\n")}\n`;
}

async function sectionsOf(path: readonly string[], entry: Command | Group, depth: number): Promise<string[]> {
  const own = entry.kind === "group" ? groupSection(path, entry, depth) : commandSection(path, entry, depth);
  if (entry.kind === "command") return own;
  const below: string[] = [];
  for (const command of entry.commands.filter(({ hidden }) => !hidden)) {
    below.push(...(await sectionsOf([...path, command.name], await loaded(command), depth + 1)));
  }
  return [...own, ...below];
}

const heading = (path: readonly string[], depth: number): string =>
  `${"#".repeat(Math.min(depth, 4))} ${path.join(" ")}`;

const groupSection = (path: readonly string[], { summary, description }: Group, depth: number): string[] => [
  heading(path, depth),
  `${summary}.`,
  ...(description ? [description] : []),
];

function commandSection(path: readonly string[], command: Command, depth: number): string[] {
  const args = Object.entries(command.arguments).map(([key, spec]) => [`\`${metavarOf(key, spec)}\``, spec.help]);
  const options = Object.values(command.options)
    .filter(({ hidden }) => !hidden)
    .map((spec) => [`\`${optionName(spec)}\``, optionMeaning(spec)]);
  return [
    heading(path, depth),
    `${command.summary}.`,
    ...(command.description ? [command.description] : []),
    codeBlock([usageLine(path, command).replace("Usage: ", "")]),
    ...(args.length > 0 ? [table(["Argument", "Meaning"], args)] : []),
    ...(options.length > 0 ? [table(["Option", "Meaning"], options)] : []),
    ...examples(command.examples),
    ...(command.columns.length > 0 ? [`Columns: ${command.columns.map(({ key }) => `\`${key}\``).join(", ")}.`] : []),
  ];
}

const examples = (lines: readonly Example[] = []): string[] =>
  lines.length === 0 ? [] : [codeBlock(lines.map(([line, meaning]) => `${line}    # ${meaning}`))];

const codeBlock = (lines: readonly string[]): string => ["```", ...lines, "```"].join("\n");

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The commands of the top level, each with the page that describes it. */
export const commandsTable = (root: Group, folder: string): string =>
  table(
    ["Command", "What it does"],
    root.commands
      .filter(({ hidden }) => !hidden)
      .map(({ name, summary }) => [`[\`cfy ${name}\`](${folder}${name}.md)`, summary]),
  );

export const commonOptionsTable = (): string =>
  table(
    ["Option", "Meaning"],
    Object.values(globalOptions)
      .filter(({ hidden }) => !hidden)
      .map((spec) => [`\`${optionName(spec)}\``, optionMeaning(spec)]),
  );

export const exitCodesTable = (): string =>
  table(
    ["Code", "Meaning"],
    EXIT_CODE_MEANINGS.map(({ code, meaning }) => [`${code}`, meaning]),
  );

export const environmentTable = (): string =>
  table(
    ["Variable", "Meaning"],
    ENVIRONMENT.map(({ name, meaning }) => [
      name
        .split(", ")
        .map((one) => `\`${one}\``)
        .join(", "),
      meaning,
    ]),
  );
