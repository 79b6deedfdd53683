import { at, type Path } from "../path.ts";
import type { PropertySchema } from "../plan.ts";
import type { ElementContext } from "./context.ts";
import { Derivation } from "./derivation.ts";
import { inheritInterfaces } from "./interface-inheritance.ts";
import { type InterfacesOf, parseTypeInterfaces, type TypeOperation } from "./operations.ts";
import { PROPERTY_SHAPE, parsePropertySchemas } from "./property-schemas.ts";
import { checkShape, dict, namedEntries, type Shape, text } from "./shape.ts";
import type { DataTypeLookup } from "./values.ts";

const SHAPE: Shape = { derived_from: text, properties: dict, interfaces: dict, runtime_properties: dict };
const SECTION: Path = at(null, "node_types");
const HOST_TYPE = "cloudify.nodes.Compute";

/** A node type with everything it inherits. */
export interface NodeType {
  name: string;
  /** From the root type to this one. */
  hierarchy: string[];
  properties: Record<string, PropertySchema>;
  interfaces: InterfacesOf<TypeOperation>;
  /** Whether its nodes are hosts, on which agents run. */
  isHost: boolean;
}

export function parseNodeTypes(raw: unknown, context: ElementContext, types: DataTypeLookup): Derivation<NodeType> {
  const entries = new Map(namedEntries(raw, SECTION, context));
  const nodeTypes = new Derivation<NodeType>("node_types", entries, context, resolve);
  nodeTypes.all();
  return nodeTypes;

  function resolve(name: string, body: unknown): NodeType | undefined {
    const path = at(SECTION, name);
    const fields = checkShape(body, SHAPE, path, context);
    if (!fields) return undefined;
    const parentName = fields["derived_from"] as string | undefined;
    const parent = parentName === undefined ? undefined : nodeTypes.parent(name, parentName);
    if (parentName !== undefined && !parent) return undefined;
    const schemas = (key: string, parents?: Record<string, PropertySchema>) =>
      parsePropertySchemas(fields[key], at(path, key), context, types, PROPERTY_SHAPE, "partial", parents);
    schemas("runtime_properties");
    const hierarchy = [...(parent?.hierarchy ?? []), name];
    return {
      name,
      hierarchy,
      properties: { ...parent?.properties, ...schemas("properties", parent?.properties) },
      interfaces: inheritInterfaces(
        parseTypeInterfaces(fields["interfaces"], at(path, "interfaces"), context, types),
        parent?.interfaces,
      ),
      isHost: hierarchy.some((ancestor) => ancestor.includes(HOST_TYPE)),
    };
  }
}
