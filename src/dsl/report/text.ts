// Errors as a person reads them: the sentence, the line with the place marked, and what to do.
import { DslError, type Finding } from "../errors.ts";
import type { SourceTexts } from "../parse.ts";
import { pathText } from "../path.ts";
import { type Measure, markLine } from "./marked-line.ts";
import { visible } from "./visible.ts";

export interface TextOptions {
  /** Colours a part of the text. Default: none are used. */
  paint?: (text: string, as: "error" | "warning" | "place" | "hint") => string;
  /** Columns that a text takes. Default: one for each of its characters. */
  measure?: Measure;
  /** Longer lines are cut around the place. Default: 120. */
  width?: number | undefined;
  /** What a file is called. Default: as in the errors. */
  name?: (file: string) => string;
}

type Look = { [Option in keyof TextOptions]-?: NonNullable<TextOptions[Option]> };

/**
 * One block for each error or warning:
 *
 *     blueprint.yaml:7:11: the node type "vm.Typo" of web is not known (7, DSLParsingLogicException)
 *       7 |     type: vm.Typo
 *         |           ^^^^^^^
 *       at node_templates.web.type
 *       did you mean "vm.Type"?
 */
export function renderText(
  findings: readonly Finding[],
  sources: Pick<SourceTexts, "text">,
  options: TextOptions = {},
): string {
  const look: Look = { ...PLAIN, ...options, width: options.width ?? PLAIN.width };
  const lineOf = lineReader(sources);
  return findings.map((finding) => renderFinding(finding, lineOf, look).join("\n")).join("\n\n");
}

const PLAIN: Look = { paint: (text) => text, measure: ({ length }) => length, width: 120, name: (file) => file };

function renderFinding(finding: Finding, lineOf: LineOf, { paint, measure, width, name }: Look): string[] {
  const { location, message, hint } = finding;
  const isError = finding instanceof DslError;
  const colour = isError ? "error" : "warning";
  const at = isError ? finding.at : null;
  const place = location ? visible(`${name(location.file)}:${location.line}:${location.column}: `) : "";
  const lines = [`${paint(place, "place")}${paint(visible(message), colour)} (${kindOf(finding)})`];
  const source = location && lineOf(location.file, location.line);
  if (location && source !== undefined) {
    const number = String(location.line);
    const room = Math.max(20, width - number.length - "   | ".length);
    const { text, marker } = markLine(source, location.column, { measure, width: room });
    lines.push(`  ${number} | ${text}`, `  ${" ".repeat(number.length)} | ${paint(marker, colour)}`);
  }
  if (at) lines.push(`  at ${visible(pathText(at))}`);
  if (hint !== undefined) lines.push(`  ${paint(visible(hint), "hint")}`);
  return lines;
}

function kindOf(finding: Finding): string {
  if (!(finding instanceof DslError)) return `warning, ${finding.rule}`;
  const { code, className } = finding;
  return code === null ? className : `${code}, ${className}`;
}

type LineOf = (file: string, line: number) => string | undefined;

/** Each text is split once, however many errors it has. */
function lineReader(sources: Pick<SourceTexts, "text">): LineOf {
  const split = new Map<string, string[]>();
  return (file, line) => {
    const lines = split.get(file) ?? sources.text(file)?.split(/\r?\n/) ?? [];
    split.set(file, lines);
    return lines[line - 1];
  };
}
