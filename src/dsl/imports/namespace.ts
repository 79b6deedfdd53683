import { functionNameOf } from "../functions/recognize.ts";
import { isDict, mapValues } from "../records.ts";
import type { Sources } from "../sources.ts";
import { isBuiltInType } from "../value-types.ts";

export const NAMESPACE_DELIMITER = "--";

const KEYWORDS = new Set(["SELF", "SOURCE", "TARGET"]);

/** Puts a name into a namespace. Names of the language's own types stay as they are. */
export const inNamespace = (namespace: string, name: string): string =>
  name.startsWith("cloudify.") ? name : `${namespace}${NAMESPACE_DELIMITER}${name}`;

/** A name without the namespaces it is in. */
export const withoutNamespace = (name: string): string => {
  const end = name.lastIndexOf(NAMESPACE_DELIMITER);
  return end < 0 ? name : name.slice(end + NAMESPACE_DELIMITER.length);
};

/** Rewrites one section of an imported file for its namespace: the names it declares, and those it refers to. */
export function namespaceSection(section: string, value: unknown, namespace: string, sources: Sources): unknown {
  const rewrite = SECTIONS[section];
  return rewrite ? rewrite(new Namespacer(namespace, sources), value) : value;
}

type Rewrite = (space: Namespacer, value: unknown) => unknown;

class Namespacer {
  constructor(
    private readonly namespace: string,
    private readonly sources: Sources,
  ) {}

  name = (value: unknown): unknown => (typeof value === "string" ? inNamespace(this.namespace, value) : value);

  type = (value: unknown): unknown => (typeof value === "string" && isBuiltInType(value) ? value : this.name(value));

  /** A plugin mapping or a script's path. A script written in place, or fetched from a URL, has no name to put anywhere. */
  implementation = (value: unknown): unknown =>
    typeof value !== "string" || value === "" || value.includes("\n") || value.includes("://")
      ? value
      : this.name(value);

  /** Every entry of a mapping, under its old key. */
  each(value: unknown, change: (item: unknown) => unknown): unknown {
    if (!isDict(value)) return value;
    return this.sources.copied(mapValues(value, change), value);
  }

  items(value: unknown, change: (item: unknown) => unknown): unknown {
    return Array.isArray(value) ? this.sources.copied(value.map(change), value) : value;
  }

  /** The fields of a mapping that have a change, the others as they are. */
  fields(value: unknown, changes: Record<string, (item: unknown) => unknown>): unknown {
    if (!isDict(value)) return value;
    const copy = mapValues(value, (item, key) => (Object.hasOwn(changes, key) ? changes[key]?.(item) : item));
    return this.sources.copied(copy, value);
  }

  /** Every entry of a mapping, under its name in the namespace. */
  named(value: unknown, change: (item: unknown) => unknown): unknown {
    if (!isDict(value)) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      const name = inNamespace(this.namespace, key);
      copy[name] = change(item);
      this.sources.derive(copy, name, value, key);
    }
    return copy;
  }

  /** A value with the inputs and nodes that its functions name. */
  value = (value: unknown): unknown => {
    if (Array.isArray(value)) return this.items(value, this.value);
    if (!isDict(value)) return value;
    const name = functionNameOf(value);
    if (name === "get_input") return this.fields(value, { get_input: (argument) => this.first(argument, this.name) });
    if (name === "get_property" || name === "get_attribute") {
      const node = (item: unknown) => (KEYWORDS.has(item as string) ? item : this.name(item));
      return this.fields(value, {
        [name]: (argument) => (Array.isArray(argument) ? this.first(argument, node) : argument),
      });
    }
    return this.each(value, this.value);
  };

  private first(argument: unknown, change: (name: unknown) => unknown): unknown {
    if (typeof argument === "string") return change(argument);
    if (!Array.isArray(argument)) return this.value(argument);
    let index = 0;
    return this.items(argument, (item) =>
      index++ === 0 && typeof item === "string" ? change(item) : this.value(item),
    );
  }

  schemas = (value: unknown): unknown =>
    this.each(value, (schema) =>
      this.fields(schema, { type: this.type, item_type: this.type, default: this.value, value: this.value }),
    );

  private operation(value: unknown, inputs: (value: unknown) => unknown): unknown {
    return isDict(value)
      ? this.fields(value, { implementation: this.implementation, inputs })
      : this.implementation(value);
  }

  typeInterfaces = (value: unknown): unknown =>
    this.each(value, (operations) => this.each(operations, (operation) => this.operation(operation, this.schemas)));

  interfaces = (value: unknown): unknown =>
    this.each(value, (operations) => this.each(operations, (operation) => this.operation(operation, this.value)));

  relationships = (value: unknown): unknown =>
    this.items(value, (relationship) =>
      this.fields(relationship, {
        type: this.name,
        target: this.name,
        properties: this.value,
        source_interfaces: this.interfaces,
        target_interfaces: this.interfaces,
      }),
    );

  groupPolicies = (value: unknown): unknown =>
    this.named(value, (policy) =>
      this.fields(policy, {
        type: this.name,
        properties: this.value,
        triggers: (triggers) =>
          this.named(triggers, (trigger) => this.fields(trigger, { type: this.name, parameters: this.value })),
      }),
    );
}

const outputs: Rewrite = (space, value) => space.named(value, (output) => space.fields(output, { value: space.value }));
// Functions in labels keep the names as written.
const labels: Rewrite = (space, value) => space.named(value, (label) => label);

const SECTIONS: Record<string, Rewrite> = {
  inputs: (space, value) =>
    space.named(value, (input) =>
      space.fields(input, { type: space.type, item_type: space.type, default: space.value }),
    ),
  plugins: (space, value) => space.named(value, (plugin) => plugin),
  node_types: (space, value) =>
    space.named(value, (type) =>
      space.fields(type, { derived_from: space.name, properties: space.schemas, interfaces: space.typeInterfaces }),
    ),
  relationships: (space, value) =>
    space.named(value, (type) =>
      space.fields(type, {
        derived_from: space.name,
        properties: space.schemas,
        source_interfaces: space.typeInterfaces,
        target_interfaces: space.typeInterfaces,
      }),
    ),
  data_types: (space, value) =>
    space.named(value, (type) => space.fields(type, { derived_from: space.name, properties: space.schemas })),
  node_templates: (space, value) =>
    space.named(value, (template) =>
      space.fields(template, {
        type: space.name,
        properties: space.value,
        interfaces: space.interfaces,
        relationships: space.relationships,
        capabilities: space.value,
      }),
    ),
  groups: (space, value) =>
    space.named(value, (group) =>
      space.fields(group, {
        members: (members) => space.items(members, space.name),
        policies: space.groupPolicies,
      }),
    ),
  policies: (space, value) =>
    space.named(value, (policy) =>
      space.fields(policy, {
        type: space.name,
        targets: (targets) => space.items(targets, space.name),
        properties: space.value,
      }),
    ),
  policy_types: (space, value) => space.named(value, (type) => space.fields(type, { properties: space.schemas })),
  policy_triggers: (space, value) => space.named(value, (type) => space.fields(type, { parameters: space.schemas })),
  workflows: (space, value) =>
    space.named(value, (workflow) =>
      isDict(workflow)
        ? space.fields(workflow, { mapping: space.implementation, parameters: space.schemas })
        : space.implementation(workflow),
    ),
  outputs,
  capabilities: outputs,
  labels,
  blueprint_labels: labels,
  resource_tags: (space, value) => space.named(value, (tag) => (typeof tag === "string" ? space.name(tag) : tag)),
  metadata: (space, value) => space.named(value, (item) => item),
  // Settings are the deployment's, of which there is one: under a namespace none has a meaning.
  deployment_settings: (space, value) => space.named(value, (item) => item),
};
