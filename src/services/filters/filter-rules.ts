import type { Json } from "../../api/resources.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import { Refusal } from "../refusal.ts";

/** One condition of a filter; all rules of a filter must hold, while several values of one rule are alternatives. */
export interface FilterRule {
  key: string;
  values: string[];
  operator: string;
  type: "label" | "attribute";
}

const LABEL_OPERATORS = ["any_of", "not_any_of", "is_not", "is_null", "is_not_null"] as const;
const ATTRIBUTE_OPERATORS = [
  "any_of",
  "not_any_of",
  "contains",
  "not_contains",
  "starts_with",
  "ends_with",
  "is_not_empty",
] as const;

/** Attributes that rules may speak of, by resource. */
const FILTER_ATTRIBUTES = {
  blueprints: ["created_by", "state", "id", "tenant_name"],
  deployments: [
    "id",
    "blueprint_id",
    "created_by",
    "site_name",
    "schedules",
    "tenant_name",
    "display_name",
    "installation_status",
  ],
  nodes: ["id", "type", "operation_name"],
  node_instances: ["id"],
  secrets: ["key", "provider_name"],
} as const;
export type FilteredResource = keyof typeof FILTER_ATTRIBUTES;

const WITHOUT_VALUES: readonly string[] = ["is_null", "is_not_null", "is_not_empty"];
const KEYS = ["key", "operator", "type", "values"];

/**
 * Rules as a client sends them, checked; keys in lower case, each rule once.
 * @throws invalid_filter_rule carrying the rule and the reason
 */
export function parseFilterRules(rules: unknown, resource: FilteredResource): FilterRule[] {
  if (!Array.isArray(rules)) throw invalid(rules, "Filter rules must be a list");
  const parsed = new Map<string, FilterRule>();
  for (const rule of rules) {
    const checked = parseRule(rule, resource);
    parsed.set(JSON.stringify(checked), checked);
  }
  return [...parsed.values()];
}

function parseRule(rule: unknown, resource: FilteredResource): FilterRule {
  if (typeof rule !== "object" || rule === null || Array.isArray(rule)) {
    throw invalid(rule, "The filter rule must be a dictionary");
  }
  const { key, values, operator, type } = rule as Record<string, unknown>;
  const keys = Object.keys(rule).toSorted();
  if (keys.join() !== KEYS.join()) throw invalid(rule, `A filter rule has exactly the keys ${pythonRepr(KEYS)}`);
  if (type !== "label" && type !== "attribute") throw invalid(rule, "The type is one of ['label', 'attribute']");
  const operators: readonly string[] = type === "label" ? LABEL_OPERATORS : ATTRIBUTE_OPERATORS;
  if (typeof operator !== "string" || !operators.includes(operator)) {
    throw invalid(rule, `The operator of a rule of type ${type} is one of ${pythonRepr([...operators])}`);
  }
  if (typeof key !== "string" || key === "") throw invalid(rule, "The key must be a non-empty text");
  validateAttribute(rule, type, key, operator, FILTER_ATTRIBUTES[resource]);
  return { key: key.toLowerCase(), values: parseValues(rule, values, operator), operator, type };
}

function validateAttribute(
  rule: object,
  type: string,
  key: string,
  operator: string,
  attributes: readonly string[],
): void {
  if (type === "label") return;
  if (!attributes.includes(key)) throw invalid(rule, `The attribute is one of ${pythonRepr([...attributes])}`);
  if (key === "schedules" && operator !== "is_not_empty") {
    throw invalid(rule, "The attribute schedules takes only the operator is_not_empty");
  }
}

function parseValues(rule: object, values: unknown, operator: string): string[] {
  if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
    throw invalid(rule, "The values must be a list of texts");
  }
  if (WITHOUT_VALUES.includes(operator)) {
    if (values.length > 0) throw invalid(rule, `The operator ${operator} takes no values`);
  } else if (values.length === 0) {
    throw invalid(rule, `The operator ${operator} needs at least one value`);
  }
  return values;
}

const invalid = (rule: unknown, reason: string): Refusal =>
  new Refusal("invalid_filter_rule", `The filter rule ${pythonRepr(rule)} is not in the right format: ${reason}`, {
    err_filter_rule: rule as Json,
    err_reason: reason,
  });
