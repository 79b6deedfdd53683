// Values of object types must name something that exists; the management server answers what does.
import { type ConstraintRule, constraintRules, holds, needsData } from "../elements/constraints.ts";
import { classError } from "../errors.ts";
import type { Path } from "../path.ts";
import type { Constraint } from "../plan.ts";
import { isDict } from "../records.ts";

/** Looks up names of objects, for inputs and parameters of object types. */
export interface ObjectLookup {
  hasBlueprintId: boolean;
  hasDeploymentId: boolean;
  /**
   * Names of the existing objects of a type that match the query. The query holds the constraints by name;
   * `name_pattern` goes under the name the type has for it (`id_specs`, `display_name_specs` …).
   */
  find(type: string, value: unknown, query: Readonly<Record<string, unknown>>): readonly unknown[];
}

const NAME_SPECS: Readonly<Record<string, string>> = {
  blueprint_id: "id_specs",
  node_id: "id_specs",
  node_instance: "id_specs",
  deployment_id: "display_name_specs",
  secret_key: "key_specs",
  node_type: "type_specs",
  capability_value: "capability_key_specs",
  scaling_group: "scaling_group_name_specs",
  operation_name: "operation_name_specs",
};
const IN_DEPLOYMENT = ["capability_value", "scaling_group", "node_id", "node_type", "node_instance", "operation_name"];
const BY_FILTER = ["deployment_id", "blueprint_id"];
const ANSWERED_BY_DATA: Readonly<Record<string, readonly string[]>> = {
  filter_id: BY_FILTER,
  labels: BY_FILTER,
  tenants: BY_FILTER,
  name_pattern: Object.keys(NAME_SPECS),
  deployment_id: IN_DEPLOYMENT,
  valid_values: IN_DEPLOYMENT,
};
/** Types that a blueprint alone can vouch for: what it declares is known, what a deployment makes of it is not. */
const KNOWN_TO_BLUEPRINT = ["node_id", "node_type", "scaling_group", "operation_name"];

/** @throws DslError ConstraintException: no such object, or none can be looked up */
export function checkObjectValue(
  value: unknown,
  type: string,
  constraints: readonly Constraint[],
  objects: ObjectLookup | undefined,
  path: Path,
): void {
  if (!objects) {
    throw violated(`the ${type} ${String(value)} cannot be looked up here`, path, "only a management server knows it");
  }
  const query: Record<string, unknown> = {};
  for (const rule of constraintRules(constraints)) {
    if (ANSWERED_BY_DATA[rule.operator]?.includes(type)) query[queryName(rule, type)] = queryValue(rule);
    else if (needsData(rule.operator)) throw violated(`${rule.operator} cannot be asked of a ${type}`, path);
    else if (!holds(rule, value)) throw violated(rule.message ?? `${String(value)} violates ${rule.operator}`, path);
  }
  if (IN_DEPLOYMENT.includes(type) && !objects.hasDeploymentId && query["deployment_id"] === undefined) {
    const known = KNOWN_TO_BLUEPRINT.includes(type) && objects.hasBlueprintId;
    if (!known) {
      throw violated(
        `it is not known which deployment the ${type} belongs to`,
        path,
        "add the constraint deployment_id",
      );
    }
    if (Object.keys(query).length === 0) return;
  }
  if (objects.find(type, value, query).includes(value)) return;
  throw violated(`there is no ${type} ${JSON.stringify(value)} that the constraints allow`, path);
}

const queryName = ({ operator }: ConstraintRule, type: string): string =>
  operator === "name_pattern" ? (NAME_SPECS[type] as string) : operator;

const queryValue = ({ argument }: ConstraintRule): unknown => (isDict(argument) ? { ...argument } : argument);

const violated = (message: string, at: Path, hint?: string) =>
  classError("ConstraintException", message, { at, ...(hint === undefined ? {} : { hint }) });
