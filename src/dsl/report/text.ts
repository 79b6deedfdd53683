// Errors as a person reads them: the sentence, the line with the place marked, and what to do.
import type { DslError } from "../errors.ts";
import type { SourceTexts } from "../parse.ts";
import { pathText } from "../path.ts";

export interface TextOptions {
  /** Colours a part of the text. Default: none are used. */
  paint?: (text: string, as: "error" | "place" | "hint") => string;
}

/**
 * One block for each error:
 *
 *     blueprint.yaml:7:11: the node type "vm.Typo" of web is not known (7, DSLParsingLogicException)
 *       7 |     type: vm.Typo
 *         |           ^^^^^^^
 *       at node_templates.web.type
 *       did you mean "vm.Type"?
 */
export function renderText(
  errors: readonly DslError[],
  sources: SourceTexts,
  { paint = plain }: TextOptions = {},
): string {
  return errors.map((error) => renderError(error, sources, paint).join("\n")).join("\n\n");
}

const plain = (text: string): string => text;

function renderError(error: DslError, sources: SourceTexts, paint: NonNullable<TextOptions["paint"]>): string[] {
  const { location, code, className, message, hint, at } = error;
  const place = location ? `${location.file}:${location.line}:${location.column}: ` : "";
  const name = code === null ? className : `${code}, ${className}`;
  const lines = [`${paint(place, "place")}${paint(message, "error")} (${name})`];
  const source = location && sources.text(location.file)?.split(/\r?\n/)[location.line - 1];
  if (location && source !== undefined) {
    const number = String(location.line);
    const column = Math.min(location.column, source.length + 1);
    const marker = `${" ".repeat(column - 1)}${"^".repeat(markedLength(source.slice(column - 1)))}`;
    lines.push(`  ${number} | ${source}`, `  ${" ".repeat(number.length)} | ${paint(marker, "error")}`);
  }
  if (at) lines.push(`  at ${pathText(at)}`);
  if (hint !== undefined) lines.push(`  ${paint(hint, "hint")}`);
  return lines;
}

/** The word at the place, or what its quotes or brackets hold on this line. */
function markedLength(rest: string): number {
  const word = /^(?:"[^"]*"?|'[^']*'?|[^\s,:{}[\]#]+(?::[^\s,{}[\]#]+)*)/.exec(rest);
  return Math.max(1, word?.[0].length ?? 1);
}
