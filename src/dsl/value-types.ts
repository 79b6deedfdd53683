/** Types whose values are checked by their kind alone. */
const PRIMITIVE_TYPES = ["string", "integer", "float", "boolean", "list", "dict", "regex", "textarea"] as const;

/** Types whose values name an object of the management server, and the minor version each came with. */
export const OBJECT_TYPES: Readonly<Record<string, number>> = {
  blueprint_id: 4,
  deployment_id: 4,
  capability_value: 4,
  scaling_group: 4,
  node_id: 4,
  node_type: 4,
  node_instance: 4,
  secret_key: 4,
  operation_name: 5,
};

const BUILT_IN = new Set<string>([...PRIMITIVE_TYPES, ...Object.keys(OBJECT_TYPES)]);

export const isObjectType = (type: string | undefined): boolean =>
  type !== undefined && Object.hasOwn(OBJECT_TYPES, type);

/** A type of the language itself: neither declared in a blueprint nor put into a namespace. */
export const isBuiltInType = (type: string): boolean => BUILT_IN.has(type);

export const builtInTypes = (): string[] => [...BUILT_IN];
