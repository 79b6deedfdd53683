import type { Json, JsonObject } from "../../api/resources.ts";
import { pythonRepr } from "../../lib/python-text.ts";
import type { FilteredResource, FilterRule } from "../filters/filter-rules.ts";
import { parseLabels } from "../labels/parse-labels.ts";
import { badParameters } from "../refusal.ts";

/** The constraints of an input whose value names an object, in the form in which a search takes them. */
export interface Constraints {
  filterId?: string;
  labels: { key: string; value: string }[];
  tenants?: string[];
  namePattern: [operator: keyof typeof PATTERN_OPERATORS, text: string][];
  validValues?: string[];
  deploymentId?: string;
  blueprintId?: string;
}

/** How filter rules call the patterns. */
const PATTERN_OPERATORS = {
  contains: "contains",
  starts_with: "starts_with",
  ends_with: "ends_with",
  equals_to: "any_of",
} as const;

/** The field that `name_pattern` and `valid_values` speak of. */
const NAME_FIELD: Readonly<Record<FilteredResource, string>> = {
  blueprints: "id",
  deployments: "display_name",
  nodes: "id",
  node_instances: "id",
  secrets: "key",
};

const idField = (resource: FilteredResource): string => (resource === "secrets" ? "key" : "id");

/** @throws bad_parameters_error for a constraint that no search knows */
export function parseConstraints(constraints: JsonObject): Constraints {
  const { filter_id, labels, tenants, name_pattern, valid_values, deployment_id, blueprint_id, ...unknown } =
    constraints;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw badParameters(`Searches know no constraint ${pythonRepr(name)}`);
  return {
    labels: parseLabels(labels),
    namePattern: patterns(name_pattern),
    ...optional("filterId", text("filter_id", filter_id)),
    ...optional("tenants", texts("tenants", tenants)),
    ...optional("validValues", texts("valid_values", valid_values)),
    ...optional("deploymentId", text("deployment_id", deployment_id)),
    ...optional("blueprintId", text("blueprint_id", blueprint_id)),
  };
}

/** The same as rules; of a key's labels any may hold, and all patterns must. */
export function constraintRules(
  { labels, namePattern, validValues }: Constraints,
  resource: FilteredResource,
  nameField = NAME_FIELD[resource],
): FilterRule[] {
  return [
    ...[...new Set(labels.map(({ key }) => key))].map(
      (key): FilterRule => ({
        type: "label",
        key,
        operator: "any_of",
        values: labels.filter((label) => label.key === key).map(({ value }) => value),
      }),
    ),
    ...namePattern.map(
      ([operator, pattern]): FilterRule => ({
        type: "attribute",
        key: nameField,
        operator: PATTERN_OPERATORS[operator],
        values: [pattern],
      }),
    ),
    ...(validValues
      ? [{ type: "attribute" as const, key: idField(resource), operator: "any_of", values: validValues }]
      : []),
  ];
}

/** Whether a name keeps to what the constraints say of names. */
export const allowed = (
  name: string,
  { namePattern, validValues }: Pick<Constraints, "namePattern" | "validValues">,
): boolean =>
  (validValues === undefined || validValues.includes(name)) &&
  namePattern.every(([operator, text]) => holds(operator, name, [text]));

/** One condition on a name, as the database tells it of rows. */
export function holds(operator: string, name: string, values: readonly string[]): boolean {
  const lowered = name.toLowerCase();
  switch (operator) {
    case "any_of":
    case "equals_to":
      return values.includes(name);
    case "not_any_of":
      return !values.includes(name);
    case "contains":
      return values.some((value) => name.includes(value));
    case "not_contains":
      return values.every((value) => !name.includes(value));
    case "starts_with":
      return values.some((value) => lowered.startsWith(value.toLowerCase()));
    case "ends_with":
      return values.some((value) => lowered.endsWith(value.toLowerCase()));
    default:
      return name !== "";
  }
}

function patterns(value: Json | undefined): Constraints["namePattern"] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object" || Array.isArray(value)) throw badParameters("name_pattern must be an object");
  return Object.entries(value).map(([operator, pattern]) => {
    if (!(operator in PATTERN_OPERATORS)) {
      throw badParameters(`name_pattern knows ${Object.keys(PATTERN_OPERATORS).join(", ")}, not ${operator}`);
    }
    return [operator as keyof typeof PATTERN_OPERATORS, text(`name_pattern.${operator}`, pattern) ?? ""];
  });
}

function text(name: string, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badParameters(`The constraint ${name} must be a text`);
  return value;
}

function texts(name: string, value: Json | undefined): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw badParameters(`The constraint ${name} must be a list`);
  return value.map(String);
}

const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
