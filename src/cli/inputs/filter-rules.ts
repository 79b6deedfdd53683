import { usageError } from "../errors.ts";

/** One rule of a filter, as the wire has it. */
export interface FilterRule {
  key: string;
  values: string[];
  operator: string;
  type: "label" | "attribute";
}

interface Form {
  /** The key is the first group, the values the second, where there is one. */
  pattern: RegExp;
  operator: string;
  write(key: string, values: string): string;
}

const VALUES = String.raw`(\S|\S.*?\S)`;

/** The longer forms first: `is not null` would else be read as `is-not` something. */
const LABEL_FORMS: readonly Form[] = [
  form(String.raw`\s+is\s+not\s+null`, "is_not_null", (key) => `${key} is not null`),
  form(String.raw`\s+is\s+null`, "is_null", (key) => `${key} is null`),
  form(String.raw`\s+is-not\s+${VALUES}`, "is_not", (key, values) => `${key} is-not ${values}`),
  form(String.raw`\s*!=\s*${VALUES}`, "not_any_of", (key, values) => `${key}!=${values}`),
  form(String.raw`\s*=\s*${VALUES}`, "any_of", (key, values) => `${key}=${values}`),
];

const ATTRIBUTE_FORMS: readonly Form[] = [
  form(String.raw`\s+is\s+not\s+empty`, "is_not_empty", (key) => `${key} is not empty`),
  form(
    String.raw`\s+does-not-contain\s+${VALUES}`,
    "not_contains",
    (key, values) => `${key} does-not-contain ${values}`,
  ),
  form(String.raw`\s+contains\s+${VALUES}`, "contains", (key, values) => `${key} contains ${values}`),
  form(String.raw`\s+starts-with\s+${VALUES}`, "starts_with", (key, values) => `${key} starts-with ${values}`),
  form(String.raw`\s+ends-with\s+${VALUES}`, "ends_with", (key, values) => `${key} ends-with ${values}`),
  form(String.raw`\s*!=\s*${VALUES}`, "not_any_of", (key, values) => `${key}!=${values}`),
  form(String.raw`\s*=\s*${VALUES}`, "any_of", (key, values) => `${key}=${values}`),
];

function form(rest: string, operator: string, write: Form["write"]): Form {
  return { pattern: new RegExp(`^\\s*([^\\s=!]+)${rest}\\s*$`), operator, write };
}

/** A rule about a label: `env=prod`, `env=[prod,dev]`, `env!=prod`, `env is-not prod`, `env is null`, `env is not null`. */
export function parseLabelRule(text: string): FilterRule {
  const rule = parseRule(text, LABEL_FORMS, "label");
  if (rule) return { ...rule, key: rule.key.toLowerCase() };
  throw usageError(`"${text}" is no rule about a label`, {
    hint: "Write key=value, key=[a,b], key!=value, key is-not value, key is null or key is not null.",
  });
}

/** A rule about a field: `blueprint_id=app`, `!=`, `contains`, `does-not-contain`, `starts-with`, `ends-with`, `is not empty`. */
export function parseAttributeRule(text: string): FilterRule {
  const rule = parseRule(text, ATTRIBUTE_FORMS, "attribute");
  if (rule) return rule;
  throw usageError(`"${text}" is no rule about a field`, {
    hint: "Write field=value, field!=value, field contains|does-not-contain|starts-with|ends-with value, or field is not empty.",
  });
}

export const parseRules = (rules: { labelsRule: readonly string[]; attrsRule: readonly string[] }): FilterRule[] => [
  ...rules.labelsRule.map(parseLabelRule),
  ...rules.attrsRule.map(parseAttributeRule),
];

function parseRule(text: string, forms: readonly Form[], type: FilterRule["type"]): FilterRule | undefined {
  for (const { pattern, operator } of forms) {
    const found = pattern.exec(text);
    if (found?.[1]) return { key: found[1], values: valuesIn(found[2]), operator, type };
  }
  return undefined;
}

/** `a`, or `[a,b]`; `\,` is a comma inside a value. */
function valuesIn(text: string | undefined): string[] {
  if (text === undefined) return [];
  const list = /^\[(.*)\]$/.exec(text);
  const parts = list ? (list[1] ?? "").split(/(?<!\\),/) : [text];
  return parts.map((part) => part.trim().replaceAll("\\,", ",")).filter((part) => part !== "");
}

/** The text that parses back to the rule. */
export function ruleText({ key, values, operator, type }: FilterRule): string {
  const known = (type === "label" ? LABEL_FORMS : ATTRIBUTE_FORMS).find((candidate) => candidate.operator === operator);
  const list = values.map((value) => value.replaceAll(",", "\\,")).join(",");
  return known ? known.write(key, values.length === 1 ? list : `[${list}]`) : `${key} ${operator} [${list}]`;
}
