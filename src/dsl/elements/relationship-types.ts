import { at, type Path } from "../path.ts";
import type { PlanRelationshipType, PropertySchema } from "../plan.ts";
import type { ElementContext } from "./context.ts";
import { Derivation } from "./derivation.ts";
import { inheritInterfaces } from "./interface-inheritance.ts";
import { type MappingContext, resolveMapping } from "./mapping.ts";
import { type InterfacesOf, parseTypeInterfaces, type TypeOperation } from "./operations.ts";
import { PROPERTY_SHAPE, parsePropertySchemas } from "./property-schemas.ts";
import { checkShape, dict, namedEntries, type Shape, text } from "./shape.ts";
import type { DataTypeLookup } from "./values.ts";

const SHAPE: Shape = { derived_from: text, properties: dict, source_interfaces: dict, target_interfaces: dict };
const SECTION: Path = at(null, "relationships");

/** The mapping of a relationship's operation leads nowhere. */
export const UNRESOLVABLE_RELATIONSHIP_OPERATION = 19;

/** A relationship type with everything it inherits. */
export interface RelationshipType {
  name: string;
  derivedFrom: string | undefined;
  hierarchy: string[];
  properties: Record<string, PropertySchema>;
  sourceInterfaces: InterfacesOf<TypeOperation>;
  targetInterfaces: InterfacesOf<TypeOperation>;
}

export function parseRelationshipTypes(
  raw: unknown,
  context: ElementContext,
  types: DataTypeLookup,
  mappings: MappingContext,
): Derivation<RelationshipType> {
  const entries = new Map(namedEntries(raw, SECTION, context));
  const relationshipTypes = new Derivation<RelationshipType>("relationships", entries, context, resolve);
  relationshipTypes.all();
  return relationshipTypes;

  function resolve(name: string, body: unknown): RelationshipType | undefined {
    const path = at(SECTION, name);
    const fields = checkShape(body, SHAPE, path, context);
    if (!fields) return undefined;
    const derivedFrom = fields["derived_from"] as string | undefined;
    const parent = derivedFrom === undefined ? undefined : relationshipTypes.parent(name, derivedFrom);
    if (derivedFrom !== undefined && !parent) return undefined;
    const interfaces = (key: "source_interfaces" | "target_interfaces", inherited?: InterfacesOf<TypeOperation>) => {
      const declared = parseTypeInterfaces(fields[key], at(path, key), context, types);
      checkMappings(declared, at(path, key));
      return inheritInterfaces(declared, inherited);
    };
    const properties = parsePropertySchemas<PropertySchema>(
      fields["properties"],
      at(path, "properties"),
      context,
      types,
      PROPERTY_SHAPE,
      "partial",
      parent?.properties,
    );
    return {
      name,
      derivedFrom,
      hierarchy: [...(parent?.hierarchy ?? []), name],
      properties: { ...parent?.properties, ...properties },
      sourceInterfaces: interfaces("source_interfaces", parent?.sourceInterfaces),
      targetInterfaces: interfaces("target_interfaces", parent?.targetInterfaces),
    };
  }

  /** Unlike those of node types, operations of relationship types must lead somewhere even when nothing uses the type. */
  function checkMappings(interfaces: InterfacesOf<TypeOperation>, path: Path): void {
    for (const [interfaceName, operations] of Object.entries(interfaces)) {
      for (const [name, { implementation, inputs }] of Object.entries(operations)) {
        if (implementation === "") continue;
        const here = at(at(path, interfaceName), name);
        context.diagnostics.guard(() =>
          resolveMapping(implementation, inputs, mappings, here, UNRESOLVABLE_RELATIONSHIP_OPERATION),
        );
      }
    }
  }
}

export function planRelationshipTypes(types: Derivation<RelationshipType>): Record<string, PlanRelationshipType> {
  const plan: Record<string, PlanRelationshipType> = {};
  for (const [name, type] of types.all()) {
    plan[name] = {
      name,
      ...(type.derivedFrom !== undefined && { derived_from: type.derivedFrom }),
      type_hierarchy: type.hierarchy,
      properties: type.properties,
      source_interfaces: type.sourceInterfaces,
      target_interfaces: type.targetInterfaces,
    };
  }
  return plan;
}
