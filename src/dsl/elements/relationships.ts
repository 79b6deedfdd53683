// Relationships of a node template.
import { logicError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { PlanRelationship } from "../plan.ts";
import { type Dict, isDict, own } from "../records.ts";
import type { ElementContext } from "./context.ts";
import type { Derivation } from "./derivation.ts";
import { type MappingContext, resolveOperations } from "./mapping.ts";
import { mergeInterfaces, parseTemplateInterfaces } from "./operations.ts";
import { type RelationshipType, UNRESOLVABLE_RELATIONSHIP_OPERATION } from "./relationship-types.ts";
import { checkShape, dict, required, type Shape, text } from "./shape.ts";
import { type DataTypeLookup, fitValues } from "./values.ts";

const SHAPE: Shape = {
  type: required(text),
  target: required(text),
  properties: dict,
  source_interfaces: dict,
  target_interfaces: dict,
};

const CONTAINED_IN = "cloudify.relationships.contained_in";
const LIFECYCLE_OPERATION = "cloudify.relationships.depends_on_lifecycle_operation";
const LIFECYCLE = "cloudify.interfaces.lifecycle";

export interface RelationshipContext {
  element: ElementContext;
  dataTypes: DataTypeLookup;
  types: Derivation<RelationshipType>;
  mappings: MappingContext;
  /** Node templates as written, by name. */
  templates: Dict;
  /** What a relationship without interfaces of its own has, by type. */
  bare: Map<string, Pick<PlanRelationship, InterfaceKeys | OperationKeys>>;
}

type InterfaceKeys = "source_interfaces" | "target_interfaces";
type OperationKeys = "source_operations" | "target_operations";

export const isContainedIn = ({ type_hierarchy }: { type_hierarchy: readonly string[] }): boolean =>
  type_hierarchy.includes(CONTAINED_IN);

export function parseRelationships(
  raw: unknown,
  node: string,
  path: Path,
  context: RelationshipContext,
): PlanRelationship[] {
  if (raw === undefined) return [];
  const relationships: PlanRelationship[] = [];
  for (const [index, body] of (raw as unknown[]).entries()) {
    const here = at(path, index);
    const parsed = context.element.diagnostics.guard(() => parseRelationship(body, node, here, context));
    if (!parsed) continue;
    if (isContainedIn(parsed) && relationships.some(isContainedIn)) {
      context.element.report(
        logicError(112, `${node} is contained in two nodes`, { at: here, hint: "keep one contained_in relationship" }),
      );
    }
    relationships.push(parsed);
  }
  return relationships;
}

function parseRelationship(raw: unknown, node: string, path: Path, context: RelationshipContext) {
  const { element, types, dataTypes } = context;
  const fields = checkShape(raw, SHAPE, path, element);
  if (!fields) return undefined;
  const { type: typeName, target } = fields as { type: string; target: string };
  const type = types.get(typeName);
  if (!type && !types.isBroken(typeName)) {
    element.report(
      logicError(26, `the relationship type ${JSON.stringify(typeName)} is not known`, {
        at: at(path, "type"),
        hint: nearestHint(typeName, types.names()),
      }),
    );
  }
  checkTarget(node, target, at(path, "target"), context);
  if (!type) return undefined;
  const given = (fields["properties"] as Dict | undefined) ?? {};
  const propertiesPath = at(path, "properties");
  if (typeName === LIFECYCLE_OPERATION) checkLifecycleOperation(given, target, propertiesPath, context);
  const properties = fitValues(given, type.properties, dataTypes, propertiesPath);
  return {
    type: typeName,
    type_hierarchy: type.hierarchy,
    target_id: target,
    properties,
    ...interfacesOf(fields, type, path, context),
  };
}

function interfacesOf(fields: Dict, type: RelationshipType, path: Path, context: RelationshipContext) {
  const bare = fields["source_interfaces"] === undefined && fields["target_interfaces"] === undefined;
  const known = bare ? context.bare.get(type.name) : undefined;
  if (known) return known;
  const { element, dataTypes, mappings } = context;
  const merge = (key: InterfaceKeys, ofType: RelationshipType["sourceInterfaces"]) =>
    mergeInterfaces(
      parseTemplateInterfaces(fields[key], at(path, key), element),
      ofType,
      dataTypes,
      at(path, key),
      element,
    );
  const resolve = (key: InterfaceKeys, interfaces: PlanRelationship[InterfaceKeys]) =>
    resolveOperations(interfaces, mappings, at(path, key), element, UNRESOLVABLE_RELATIONSHIP_OPERATION);
  const source_interfaces = merge("source_interfaces", type.sourceInterfaces);
  const target_interfaces = merge("target_interfaces", type.targetInterfaces);
  const all = {
    source_interfaces,
    target_interfaces,
    source_operations: resolve("source_interfaces", source_interfaces),
    target_operations: resolve("target_interfaces", target_interfaces),
  };
  if (bare) context.bare.set(type.name, all);
  return all;
}

function checkTarget(node: string, target: string, path: Path, { templates, element }: RelationshipContext): void {
  if (target === node) {
    element.report(logicError(23, `${node} has a relationship to itself`, { at: path }));
  } else if (!Object.hasOwn(templates, target)) {
    const hint = nearestHint(target, Object.keys(templates));
    element.report(
      logicError(25, `${node} has a relationship to ${JSON.stringify(target)}, and there is no such node`, {
        at: path,
        hint,
      }),
    );
  }
}

function checkLifecycleOperation(given: Dict, target: string, path: Path, { templates }: RelationshipContext): void {
  const operation = given["operation"];
  if (operation === undefined || operation === null) {
    throw logicError(215, `a relationship to a lifecycle operation must say which one`, {
      at: at(path, "operation"),
      hint: "add the property operation",
    });
  }
  // What the target inherits from its type does not count: the template itself must declare the operation.
  const template = own(templates, target);
  const interfaces = isDict(template) ? template["interfaces"] : undefined;
  const lifecycle = isDict(interfaces) ? interfaces[LIFECYCLE] : undefined;
  if (isDict(lifecycle) && Object.hasOwn(lifecycle, String(operation))) return;
  throw logicError(216, `${target} does not declare ${LIFECYCLE}.${String(operation)} itself`, {
    at: at(path, "operation"),
    hint: isDict(lifecycle)
      ? nearestHint(String(operation), Object.keys(lifecycle))
      : "declare the operation in the template",
  });
}
