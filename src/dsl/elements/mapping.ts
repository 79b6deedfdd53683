// What an operation's or workflow's mapping stands for: a plugin's function, a script's file, or a script in place.
import { logicError } from "../errors.ts";
import { NAMESPACE_DELIMITER, withoutNamespace } from "../imports/namespace.ts";
import { nearestHint } from "../nearest.ts";
import type { Path } from "../path.ts";
import { at } from "../path.ts";
import type { InterfaceOperation, Interfaces, PlanOperation, PlanOperations } from "../plan.ts";
import { isDict } from "../records.ts";
import type { ElementContext } from "./context.ts";
import type { Plugins } from "./plugins.ts";

export interface MappingContext {
  plugins: Plugins;
  /** Whether a file of the blueprint's folder exists. */
  scriptExists(path: string): boolean;
  /** Namespaces of imported blueprints: their scripts are elsewhere, and were checked when they were uploaded. */
  blueprintNamespaces: ReadonlySet<string>;
  /** Operations that several nodes share are resolved once. */
  resolved: WeakMap<InterfaceOperation, PlanOperation>;
}

export type Mapping =
  | { kind: "plugin"; plugin: string; operation: string }
  | { kind: "script"; plugin: string; field: "script_path" | "script_source"; script: string };

const SCRIPT_FIELDS = ["script_path", "script_source"] as const;
const URL_WITH_SCHEME = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/./;

/**
 * Resolves a mapping; undefined when its plugin is broken, which has been reported.
 * @throws DslError 60 script and script input together, 61 no script plugin, 91 ambiguous, `unresolvable` otherwise
 */
export function resolveMapping(
  mapping: string,
  inputs: object,
  { plugins, scriptExists, blueprintNamespaces }: MappingContext,
  path: Path,
  unresolvable: number,
): Mapping | undefined {
  const candidates = [...plugins.byName.keys()].filter((name) => mapping.startsWith(`${name}.`));
  const file =
    isScriptFile(mapping, scriptExists) || (candidates.length === 0 && isForeign(mapping, blueprintNamespaces));
  const inline = !file && mapping.trim().includes("\n");
  if (file || inline) {
    const double = SCRIPT_FIELDS.find((field) => Object.hasOwn(inputs, field));
    if (double) {
      throw logicError(60, `${path.key} names a script twice: as its mapping, and in ${double}`, {
        at: path,
        hint: `remove ${double}`,
      });
    }
    const plugin = [...plugins.byName.keys()].find((name) => name.endsWith("script"));
    if (plugin === undefined) {
      throw logicError(61, `${path.key} is a script, and no plugin named script is declared`, {
        at: path,
        hint: "import cloudify/types/types.yaml, which declares it",
      });
    }
    return { kind: "script", plugin, field: inline ? "script_source" : "script_path", script: mapping };
  }
  if (candidates.length > 1) {
    throw logicError(91, `${mapping} fits more than one plugin: ${candidates.join(", ")}`, { at: path });
  }
  const [plugin] = candidates;
  if (plugin !== undefined) return { kind: "plugin", plugin, operation: mapping.slice(plugin.length + 1) };
  if ([...plugins.broken].some((name) => mapping.startsWith(`${name}.`))) return undefined;
  const near = nearestHint(mapping.split(".")[0] ?? mapping, plugins.byName.keys());
  throw logicError(
    unresolvable,
    `${JSON.stringify(mapping)} is neither a plugin's function nor a file of the blueprint`,
    {
      at: path,
      hint: near ?? "write PLUGIN.MODULE.FUNCTION of a declared plugin, or the path of a script",
    },
  );
}

const isScriptFile = (mapping: string, exists: (path: string) => boolean) =>
  URL_WITH_SCHEME.test(mapping) || exists(withoutNamespace(mapping));

function isForeign(mapping: string, namespaces: ReadonlySet<string>): boolean {
  const end = mapping.lastIndexOf(NAMESPACE_DELIMITER);
  return end > 0 && namespaces.has(mapping.slice(0, end));
}

/** Operations of all interfaces, resolved. Short names stand only where one interface has the operation. */
export function resolveOperations(
  interfaces: Interfaces,
  mappings: MappingContext,
  path: Path,
  context: ElementContext,
  unresolvable: number,
): PlanOperations {
  const operations: PlanOperations = {};
  const interfacesWith = new Map<string, number>();
  for (const named of Object.values(interfaces)) {
    for (const name in named) interfacesWith.set(name, (interfacesWith.get(name) ?? 0) + 1);
  }
  for (const [interfaceName, named] of Object.entries(interfaces)) {
    for (const [name, operation] of Object.entries(named)) {
      const here = at(at(path, interfaceName), name);
      const resolved =
        mappings.resolved.get(operation) ??
        context.diagnostics.guard(() => resolveOperation(operation, mappings, here, unresolvable));
      if (!resolved) continue;
      mappings.resolved.set(operation, resolved);
      operations[`${interfaceName}.${name}`] = resolved;
      if (interfacesWith.get(name) === 1) operations[name] = resolved;
    }
  }
  return operations;
}

function resolveOperation(
  operation: InterfaceOperation,
  mappings: MappingContext,
  path: Path,
  unresolvable: number,
): PlanOperation | undefined {
  const { implementation, inputs, max_retries, retry_interval, timeout, timeout_recoverable } = operation;
  if (implementation === "") return { ...NO_OPERATION, inputs: {} };
  const mapping = resolveMapping(implementation, inputs, mappings, path, unresolvable);
  if (!mapping) return undefined;
  const { plugin } = mapping;
  const script = mapping.kind === "script";
  const types = inputTypes(inputs);
  return {
    plugin,
    operation: script ? "script_runner.tasks.run" : mapping.operation,
    executor: operation.executor ?? (script ? "auto" : (mappings.plugins.byName.get(plugin)?.executor ?? null)),
    inputs: script ? { ...inputs, [mapping.field]: mapping.script } : inputs,
    has_intrinsic_functions: false,
    max_retries,
    retry_interval,
    timeout,
    timeout_recoverable,
    ...(types && { inputs_types: types }),
  };
}

const NO_OPERATION: Omit<PlanOperation, "inputs"> = {
  plugin: "",
  operation: "",
  executor: null,
  has_intrinsic_functions: false,
  max_retries: null,
  retry_interval: null,
  timeout: null,
  timeout_recoverable: null,
};

function inputTypes(inputs: Readonly<Record<string, unknown>>): Record<string, string> | undefined {
  let types: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(inputs)) {
    if (isDict(value) && Object.hasOwn(value, "type")) {
      types ??= {};
      types[name] = value["type"] as string;
    }
  }
  return types;
}
