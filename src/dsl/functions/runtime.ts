// Evaluation against a running deployment.
import { DslError } from "../errors.ts";
import { defaultLimits } from "../limits.ts";
import { at, type Path } from "../path.ts";
import { type Dict, isDict } from "../records.ts";
import { evaluateValue } from "./evaluate.ts";
import { runAsync, type Scope } from "./evaluation.ts";
import type { EvaluationContext, EvaluationStorage } from "./storage.ts";

export interface RuntimeOptions {
  /** Functions that lead to functions; more is an error. */
  functionDepth?: number;
}

/**
 * A payload with all its functions evaluated.
 * @throws DslError of the function that failed
 */
export async function evaluateFunctions(
  payload: Dict,
  context: EvaluationContext,
  storage: EvaluationStorage,
  options: RuntimeOptions = {},
): Promise<Dict> {
  const evaluated: Dict = {};
  for (const [key, value] of Object.entries(payload)) {
    evaluated[key] = await evaluate(value, at(null, key), context, storage, options);
  }
  return evaluated;
}

type Declared = Readonly<Record<string, { value?: unknown }>>;

/** Values of outputs. An attribute that cannot be told becomes a text that says why; a secret that is gone takes its output with it. */
export const evaluateOutputs = (outputs: Declared, storage: EvaluationStorage, options: RuntimeOptions = {}) =>
  evaluateDeclared(outputs, "outputs", storage, options);

/** Values of capabilities. A secret that is gone takes its capability with it. */
export const evaluateCapabilities = (
  capabilities: Declared,
  storage: EvaluationStorage,
  options: RuntimeOptions = {},
) => evaluateDeclared(capabilities, "capabilities", storage, options);

/** Properties of a node. `instanceId` is the instance that the node's own attributes are read of when it is named. */
export function evaluateNodeProperties(
  node: { id: string; properties: Dict },
  storage: EvaluationStorage,
  { instanceId, ...options }: RuntimeOptions & { instanceId?: string } = {},
): Promise<Dict> {
  const context: EvaluationContext = {
    self_node: node.id,
    ...(instanceId !== undefined && { instance_id_hint: instanceId }),
  };
  return evaluateFunctions(node.properties, context, storage, options);
}

/** Runtime properties of a node instance. */
export const evaluateRuntimeProperties = (
  instance: { id: string; node_id: string; runtime_properties: Dict | null },
  storage: EvaluationStorage,
  options: RuntimeOptions = {},
): Promise<Dict> =>
  evaluateFunctions(
    instance.runtime_properties ?? {},
    { self: instance.id, self_node: instance.node_id },
    storage,
    options,
  );

async function evaluateDeclared(
  declared: Declared,
  section: "outputs" | "capabilities",
  storage: EvaluationStorage,
  options: RuntimeOptions,
): Promise<Dict> {
  const values: Dict = {};
  for (const [name, { value }] of Object.entries(declared)) {
    const path = at(at(at(null, section), name), "value");
    try {
      values[name] = await evaluate(value ?? null, path, {}, storage, options, section === "outputs");
    } catch (error) {
      const secretIsGone = error instanceof DslError && error.className === "UnknownSecretError";
      if (!(secretIsGone && isDict(value) && Object.hasOwn(value, "get_secret"))) throw error;
    }
  }
  return values;
}

function evaluate(
  value: unknown,
  path: Path,
  context: EvaluationContext,
  storage: EvaluationStorage,
  { functionDepth = defaultLimits.functionDepth }: RuntimeOptions,
  inOutputs = false,
): Promise<unknown> {
  const scope: Scope = {
    stage: "runtime",
    context,
    path,
    depth: 0,
    depthLimit: functionDepth,
    inOutputs,
    pending: new Set(),
  };
  return runAsync(evaluateValue(value, scope), storage);
}
