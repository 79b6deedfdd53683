import { logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import type { ImportedFile } from "../imports/collect.ts";
import { inNamespace } from "../imports/namespace.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { PlanPlugin } from "../plan.ts";
import { type Dict, isDict, own } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { anything, boolean, checkShape, dict, namedEntries, required, type Shape, since, text } from "./shape.ts";
import { isOfPrimitiveType } from "./values.ts";

export const EXECUTORS = ["central_deployment_agent", "host_agent"] as const;

const SHAPE: Shape = {
  executor: required(text),
  install: boolean,
  source: text,
  install_arguments: since(1, text),
  package_name: since(2, text),
  package_version: since(2, text),
  supported_platform: since(2, text),
  distribution: since(2, text),
  distribution_version: since(2, text),
  distribution_release: since(2, text),
  properties: since(5, dict),
  properties_description: since(5, text),
};
const PROPERTY: Shape = { type: text, description: text, display_label: text, value: anything };
const TEXT_FIELDS = [
  "source",
  "install_arguments",
  "package_name",
  "package_version",
  "supported_platform",
  "distribution",
  "distribution_version",
  "distribution_release",
  "properties_description",
] as const;
const SECTION: Path = at(null, "plugins");

/** Plugins by name; those that are broken are in `broken`, so that operations of theirs are not reported too. */
export interface Plugins {
  byName: ReadonlyMap<string, PlanPlugin>;
  broken: ReadonlySet<string>;
}

export function parsePlugins(raw: unknown, context: ElementContext, files: readonly ImportedFile[]): Plugins {
  const byName = new Map<string, PlanPlugin>();
  const broken = new Set<string>();
  for (const [name, body] of namedEntries(raw, SECTION, context)) {
    const plugin = context.diagnostics.guard(() => parsePlugin(name, body, at(SECTION, name), context));
    if (plugin) byName.set(name, plugin);
    else broken.add(name);
  }
  for (const file of files) context.diagnostics.guard(() => giveProperties(file, byName));
  return { byName, broken };
}

function parsePlugin(name: string, raw: unknown, path: Path, context: ElementContext): PlanPlugin | undefined {
  const fields = checkShape(raw, SHAPE, path, context);
  if (!fields) return undefined;
  const executor = fields["executor"] as string;
  if (!(EXECUTORS as readonly string[]).includes(executor)) {
    throw logicError(18, `the plugin ${name} cannot run on ${JSON.stringify(executor)}`, {
      at: at(path, "executor"),
      hint: nearestHint(executor, EXECUTORS) ?? `executors are ${EXECUTORS.join(" and ")}`,
    });
  }
  const install = (fields["install"] as boolean | undefined) ?? true;
  if (install && !fields["source"] && !fields["package_name"]) {
    throw logicError(50, `the plugin ${name} is to be installed and says neither source nor package_name`, {
      at: path,
      hint: "name its package, or write install: false",
    });
  }
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, fields[field] ?? null]));
  const declared = isDict(raw) && isDict(raw["properties"]);
  return {
    name,
    executor,
    install,
    ...(texts as Record<(typeof TEXT_FIELDS)[number], string | null>),
    properties: declared ? parseProperties(fields["properties"], at(path, "properties"), context) : {},
  };
}

function parseProperties(raw: unknown, path: Path, context: ElementContext): Dict {
  const properties: Dict = {};
  for (const [name, body] of namedEntries(raw, path, context)) {
    const property = checkShape(body, PROPERTY, at(path, name), context);
    if (property) properties[name] = property;
  }
  return properties;
}

/** Sets the properties that an import gave to the plugins of the imported file. */
function giveProperties(file: ImportedFile, plugins: Map<string, PlanPlugin>): void {
  const declared = file.sections["plugins"];
  if (file.properties === null || !isDict(declared)) return;
  const names = Object.keys(declared).map((name) => (file.namespace ? inNamespace(file.namespace, name) : name));
  // Plugins that declare no properties do not ask what they are given.
  if (names.every((name) => Object.keys(plugins.get(name)?.properties ?? {}).length === 0)) return;
  for (const [property, value] of Object.entries(file.properties)) {
    const owners = names.filter((name) => Object.hasOwn(plugins.get(name)?.properties ?? {}, property));
    const location = file.document.locate(declared, null);
    if (owners.length === 0) {
      throw logicError(221, `no plugin of ${file.document.file} has the property ${JSON.stringify(property)}`, {
        hint: nearestHint(
          property,
          names.flatMap((name) => Object.keys(plugins.get(name)?.properties ?? {})),
        ),
        location,
      });
    }
    for (const name of owners) {
      const plugin = plugins.get(name) as PlanPlugin;
      const schema = own(plugin.properties ?? {}, property) as Dict;
      const type = schema["type"];
      if (typeof type === "string" && !isFunction(value) && !isGivable(value, type)) {
        throw logicError(221, `the property ${property} of the plugin ${name} must be of type ${type}`, { location });
      }
      plugins.set(name, { ...plugin, properties: { ...plugin.properties, [property]: { ...schema, value } } });
    }
  }
}

/** Unlike elsewhere, text is text or an integer, and a boolean counts as a number. */
function isGivable(value: unknown, type: string): boolean {
  if (type === "string") return typeof value === "string" || Number.isInteger(value) || typeof value === "boolean";
  if (typeof value === "boolean" && (type === "integer" || type === "float")) return true;
  return isOfPrimitiveType(value, type) !== false;
}
