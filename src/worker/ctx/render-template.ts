import type { Json, JsonObject } from "../../api/resources.ts";
import { pythonStr } from "../../lib/python-text.ts";
import { getPath } from "./dict-path.ts";

const PLACE = /\{\{\s*([^{}|]+?)\s*(?:\|\s*default\((['"])(.*?)\2\)\s*)?\}\}/g;
const UNSUPPORTED = /\{%|\{\{[^}]*\|/;

/**
 * Fills the `{{ place.holders }}` of a template, in the language of Jinja as far as values go: attributes, keys, indexes
 * and `default('…')`. A template with statements or other filters is refused rather than rendered wrong.
 * @throws Error
 */
export function renderTemplate(template: string, values: JsonObject): string {
  const rendered = template.replace(PLACE, (_, expression: string, _quote: string | undefined, fallback?: string) => {
    const value = lookUp(values, expression);
    return value === undefined ? (fallback ?? "") : pythonStr(value);
  });
  if (UNSUPPORTED.test(template.replace(PLACE, "")))
    throw new Error("the template uses {% … %} or a filter; only {{ values }} and default('…') can be rendered here");
  return rendered.endsWith("\n") ? rendered.slice(0, -1) : rendered;
}

function lookUp(values: JsonObject, expression: string): Json | undefined {
  const path = expression.replace(/\[\s*(['"])(.*?)\1\s*\]/g, ".$2").replace(/\s+/g, "");
  try {
    return getPath(values, path);
  } catch {
    return undefined;
  }
}
