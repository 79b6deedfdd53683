import { formatError, logicError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { PlanGroup, PropertySchema } from "../plan.ts";
import { type Dict, kindOf } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { PROPERTY_SHAPE, parsePropertySchemas } from "./property-schemas.ts";
import { checkShape, dict, list, namedEntries, required, type Shape, text } from "./shape.ts";
import { type DataTypeLookup, fitValues } from "./values.ts";

const SHAPE: Shape = { members: required(list), policies: dict };
const POLICY: Shape = { type: required(text), properties: dict, triggers: dict };
const TRIGGER: Shape = { type: required(text), parameters: dict };
const SECTION: Path = at(null, "groups");

/** A policy type or a policy trigger: where its code is, and what it takes. */
export interface SourcedType {
  source: string;
  schemas: Record<string, PropertySchema>;
}

/** `policy_types` and `policy_triggers`, which differ in the name of what they take. */
export function parseSourcedTypes(
  raw: unknown,
  section: "policy_types" | "policy_triggers",
  context: ElementContext,
  types: DataTypeLookup,
): Map<string, SourcedType> {
  const takes = section === "policy_types" ? "properties" : "parameters";
  const shape: Shape = { source: required(text), [takes]: dict };
  const parsed = new Map<string, SourcedType>();
  for (const [name, body] of namedEntries(raw, at(null, section), context)) {
    const path = at(at(null, section), name);
    const fields = context.diagnostics.guard(() => checkShape(body, shape, path, context));
    if (!fields) continue;
    const schemas = parsePropertySchemas(fields[takes], at(path, takes), context, types, PROPERTY_SHAPE, "partial");
    parsed.set(name, { source: fields["source"] as string, schemas });
  }
  return parsed;
}

export interface GroupContext {
  element: ElementContext;
  dataTypes: DataTypeLookup;
  policyTypes: ReadonlyMap<string, SourcedType>;
  triggers: ReadonlyMap<string, SourcedType>;
  nodeNames: Dict;
}

export function parseGroups(raw: unknown, context: GroupContext): Record<string, PlanGroup> {
  const entries = namedEntries(raw, SECTION, context.element);
  const names = Object.fromEntries(entries);
  const groups: Record<string, PlanGroup> = {};
  for (const [name, body] of entries) {
    const group = context.element.diagnostics.guard(() => parseGroup(name, body, at(SECTION, name), names, context));
    if (group) groups[name] = group;
  }
  return groups;
}

function parseGroup(
  name: string,
  raw: unknown,
  path: Path,
  groups: Dict,
  context: GroupContext,
): PlanGroup | undefined {
  const { element, nodeNames } = context;
  const fields = checkShape(raw, SHAPE, path, element);
  if (!fields) return undefined;
  if (Object.hasOwn(nodeNames, name)) {
    throw logicError(211, `${name} is the name of a node and of a group`, { at: path, hint: "rename the group" });
  }
  const membersPath = at(path, "members");
  const members = new Set<string>();
  for (const [index, member] of (fields["members"] as unknown[]).entries()) {
    const here = at(membersPath, index);
    if (member !== null && typeof member !== "string") {
      throw formatError(`a member is the name of a node or group, and this is ${kindOf(member)}`, { at: here });
    }
    if (member === null || !(Object.hasOwn(nodeNames, member) || Object.hasOwn(groups, member))) {
      const hint = nearestHint(member ?? "", [...Object.keys(nodeNames), ...Object.keys(groups)]);
      element.report(
        logicError(40, `${name} has the member ${JSON.stringify(member)}, and there is no such node or group`, {
          at: here,
          hint,
        }),
      );
    }
    members.add(String(member));
  }
  if (members.size === 0) throw formatError(`the group ${name} has no members`, { at: membersPath });
  return { members: [...members], policies: parsePolicies(fields["policies"], at(path, "policies"), context) };
}

function parsePolicies(raw: unknown, path: Path, context: GroupContext): Dict {
  const policies: Dict = {};
  for (const [name, body] of namedEntries(raw, path, context.element)) {
    const here = at(path, name);
    context.element.diagnostics.guard(() => {
      const fields = checkShape(body, POLICY, here, context.element);
      if (!fields) return;
      const type = typeOf(fields, context.policyTypes, 41, "policy type", here);
      policies[name] = {
        type: fields["type"],
        properties: valuesOf(fields["properties"], type, at(here, "properties"), context),
        triggers: parseTriggers(fields["triggers"], at(here, "triggers"), context),
      };
    });
  }
  return policies;
}

function parseTriggers(raw: unknown, path: Path, context: GroupContext): Dict {
  const triggers: Dict = {};
  for (const [name, body] of namedEntries(raw, path, context.element)) {
    const here = at(path, name);
    const fields = checkShape(body, TRIGGER, here, context.element);
    if (!fields) continue;
    const type = typeOf(fields, context.triggers, 42, "policy trigger", here);
    triggers[name] = {
      type: fields["type"],
      parameters: valuesOf(fields["parameters"], type, at(here, "parameters"), context),
    };
  }
  return triggers;
}

function typeOf(fields: Dict, known: ReadonlyMap<string, SourcedType>, code: number, what: string, path: Path) {
  const name = fields["type"] as string;
  const type = known.get(name);
  if (type) return type;
  throw logicError(code, `the ${what} ${JSON.stringify(name)} is not known`, {
    at: at(path, "type"),
    hint: nearestHint(name, known.keys()),
  });
}

const valuesOf = (raw: unknown, type: SourcedType, path: Path, { dataTypes }: GroupContext): Dict =>
  fitValues((raw as Dict | undefined) ?? {}, type.schemas, dataTypes, path);

export const planSourcedTypes = (types: ReadonlyMap<string, SourcedType>, takes: "properties" | "parameters"): Dict =>
  Object.fromEntries([...types].map(([name, { source, schemas }]) => [name, { source, [takes]: schemas }]));
