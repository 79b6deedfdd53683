import { classError } from "../errors.ts";
import type { Path } from "../path.ts";
import type { PluginQuery } from "../resolver.ts";

const COMPARISON = /^(?:>=|<=|==|!=|~=|>|<)/;

/** `plugin:NAME?version=>=1.0,<2.0&distribution=centos`, without the prefix. */
export function parsePluginQuery(text: string, dslVersion: string, at: Path): PluginQuery {
  const question = text.indexOf("?");
  const name = question < 0 ? text : text.slice(0, question);
  const query: PluginQuery = { name, versions: [], distribution: null, dslVersion };
  if (question < 0) return query;
  for (const part of text.slice(question + 1).split("&")) {
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? "" : part.slice(equals + 1).trim();
    if (key === "version") query.versions = value.split(",").map(comparison);
    else if (key === "distribution") query.distribution = value;
    else {
      throw classError("InvalidBlueprintImport", `the plugin import ${text} asks for ${JSON.stringify(key)}`, {
        at,
        hint: "a plugin is chosen by version and distribution only",
      });
    }
  }
  return query;
}

const comparison = (text: string): string => {
  const trimmed = text.trim();
  return COMPARISON.test(trimmed) ? trimmed : `==${trimmed}`;
};
