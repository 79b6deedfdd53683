import { formatError, logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { InstanceCounts, Interfaces, PlanNode, PlanOperations } from "../plan.ts";
import { type Dict, isDict, own } from "../records.ts";
import type { ElementContext } from "./context.ts";
import type { Derivation } from "./derivation.ts";
import { resolveOperations } from "./mapping.ts";
import type { NodeType } from "./node-types.ts";
import { mergeInterfaces, parseTemplateInterfaces } from "./operations.ts";
import { parseRelationships, type RelationshipContext } from "./relationships.ts";
import { deployCounts, parseCounts } from "./scalable.ts";
import { checkShape, dict, integer, list, namedEntries, required, type Shape, since, text } from "./shape.ts";
import { fitValues } from "./values.ts";

const SHAPE: Shape = {
  type: required(text),
  properties: dict,
  interfaces: dict,
  relationships: list,
  instances: dict,
  capabilities: dict,
};
const INSTANCES: Shape = { deploy: required(integer) };
const CAPABILITIES: Shape = { scalable: since(3, dict) };
const SCALABLE: Shape = { properties: dict };
const SECTION: Path = at(null, "node_templates");
const EXTERNAL = "use_external_resource";

/** The mapping of a node's operation leads nowhere. */
const UNRESOLVABLE_NODE_OPERATION = 10;

export interface NodeTemplateContext extends RelationshipContext {
  nodeTypes: Derivation<NodeType>;
}

/** Nodes without the parts that depend on other nodes: host, plugins. */
export function parseNodeTemplates(raw: unknown, context: NodeTemplateContext): PlanNode[] {
  const untouched = new Map<string, { interfaces: Interfaces; operations: PlanOperations }>();
  const nodes: PlanNode[] = [];
  for (const [name, body] of namedEntries(raw, SECTION, context.element)) {
    const path = at(SECTION, name);
    const node = context.element.diagnostics.guard(() => parseNodeTemplate(name, body, path, context, untouched));
    if (node) nodes.push(node);
  }
  return nodes;
}

function parseNodeTemplate(
  name: string,
  raw: unknown,
  path: Path,
  context: NodeTemplateContext,
  untouched: Map<string, { interfaces: Interfaces; operations: PlanOperations }>,
): PlanNode | undefined {
  const { element, nodeTypes } = context;
  const fields = checkShape(raw, SHAPE, path, element);
  if (!fields) return undefined;
  const relationships = parseRelationships(fields["relationships"], name, at(path, "relationships"), context);
  const counts = element.diagnostics.guard(() => parseInstances(fields, path, element));
  const typeName = fields["type"] as string;
  const type = nodeTypes.get(typeName);
  if (!type) {
    if (nodeTypes.isBroken(typeName)) return undefined;
    throw logicError(7, `the node type ${JSON.stringify(typeName)} of ${name} is not known`, {
      at: at(path, "type"),
      hint: nearestHint(typeName, nodeTypes.names()) ?? "declare it in node_types, or import the file that does",
    });
  }
  const { interfaces, operations } = interfacesOf(fields, type, path, context, untouched);
  const given = (fields["properties"] as Dict | undefined) ?? {};
  const properties = element.diagnostics.guard(() => parseProperties(given, type, at(path, "properties"), context));
  if (!counts || !properties) return undefined;
  const deploy = counts.default_instances;
  return {
    name,
    id: name,
    type: typeName,
    type_hierarchy: type.hierarchy,
    properties,
    instances: { deploy },
    capabilities: { scalable: { properties: counts } },
    interfaces,
    operations,
    relationships,
    ...(type.isHost && { host_id: name }),
    plugins: [],
    deployment_plugins_to_install: [],
  };
}

function parseProperties(given: Dict, type: NodeType, path: Path, { dataTypes }: NodeTemplateContext): Dict {
  const external = Object.hasOwn(given, EXTERNAL) ? given[EXTERNAL] : own(type.properties, EXTERNAL)?.default;
  if (isFunction(external)) {
    throw logicError(219, `${EXTERNAL} cannot be a function`, { at: at(path, EXTERNAL), hint: "write true or false" });
  }
  return fitValues(given, type.properties, dataTypes, path, { tolerateMissing: Boolean(external) });
}

/** Most templates leave their type's operations alone: those are merged and resolved once per type. */
function interfacesOf(
  fields: Dict,
  type: NodeType,
  path: Path,
  context: NodeTemplateContext,
  untouched: Map<string, { interfaces: Interfaces; operations: PlanOperations }>,
) {
  const { element, dataTypes, mappings } = context;
  const here = at(path, "interfaces");
  const bare = fields["interfaces"] === undefined;
  const known = bare ? untouched.get(type.name) : undefined;
  if (known) return known;
  const written = parseTemplateInterfaces(fields["interfaces"], here, element);
  const interfaces = mergeInterfaces(written, type.interfaces, dataTypes, here, element);
  const operations = resolveOperations(interfaces, mappings, here, element, UNRESOLVABLE_NODE_OPERATION);
  if (bare) untouched.set(type.name, { interfaces, operations });
  return { interfaces, operations };
}

function parseInstances(fields: Dict, path: Path, context: ElementContext): InstanceCounts | undefined {
  const { instances, capabilities } = fields;
  const deploy = instances === undefined ? undefined : checkShape(instances, INSTANCES, at(path, "instances"), context);
  if (instances !== undefined && !deploy) return undefined;
  const count = deploy && Number(deploy["deploy"]);
  if (count !== undefined && count < 0) {
    throw formatError("deploy must be 0 or more", { at: at(at(path, "instances"), "deploy") });
  }
  if (capabilities === undefined)
    return count === undefined ? parseCounts(undefined, path, context) : deployCounts(count);
  const capabilitiesPath = at(path, "capabilities");
  const parsed = checkShape(capabilities, CAPABILITIES, capabilitiesPath, context);
  const scalable = parsed?.["scalable"];
  if (scalable === undefined) return parsed && parseCounts(undefined, path, context);
  const scalablePath = at(capabilitiesPath, "scalable");
  const shape = checkShape(scalable, SCALABLE, scalablePath, context);
  if (!shape) return undefined;
  if (count !== undefined && isDict(shape["properties"])) {
    throw logicError(209, "instances.deploy and capabilities.scalable are given together", {
      at: path,
      hint: "keep capabilities.scalable",
    });
  }
  return parseCounts(shape["properties"], at(scalablePath, "properties"), context);
}
