import { formatError, logicError } from "../errors.ts";
import { nearestHint } from "../nearest.ts";
import { at, type Path } from "../path.ts";
import type { AvailabilityRules, ParameterSchema, PlanPlugin, PlanWorkflow } from "../plan.ts";
import { kindOf } from "../records.ts";
import { checkConstraints } from "./constraints.ts";
import type { ElementContext } from "./context.ts";
import { PARAMETER_SHAPE } from "./inputs.ts";
import { type MappingContext, resolveMapping } from "./mapping.ts";
import { checkItemType, parsePropertySchema } from "./property-schemas.ts";
import { boolean, checkShape, dict, list, namedEntries, required, type Shape, since, text } from "./shape.ts";
import type { DataTypeLookup } from "./values.ts";

const SHAPE: Shape = {
  mapping: required(text),
  parameters: dict,
  is_cascading: boolean,
  availability_rules: since(4, dict),
};
const AVAILABILITY: Shape = { available: boolean, node_instances_active: list, node_types_required: list };
const ACTIVE_STATES = ["all", "partial", "none"];
const SECTION: Path = at(null, "workflows");
/** The mapping of a workflow leads nowhere. */
const UNRESOLVABLE_WORKFLOW = 21;

export function parseWorkflows(raw: unknown, context: ElementContext, types: DataTypeLookup, mappings: MappingContext) {
  const workflows: Record<string, PlanWorkflow> = {};
  for (const [name, body] of namedEntries(raw, SECTION, context)) {
    const path = at(SECTION, name);
    const workflow = context.diagnostics.guard(() => parseWorkflow(body, path, context, types, mappings));
    if (workflow) workflows[name] = workflow;
  }
  return workflows;
}

function parseWorkflow(
  raw: unknown,
  path: Path,
  context: ElementContext,
  types: DataTypeLookup,
  mappings: MappingContext,
): PlanWorkflow | undefined {
  if (raw === null) throw formatError(`the workflow ${path.key} has no mapping`, { at: path });
  const fields = typeof raw === "string" ? { mapping: raw } : checkShape(raw, SHAPE, path, context);
  if (!fields) return undefined;
  const parameters = parseParameters(fields["parameters"], at(path, "parameters"), context, types);
  const rules = parseAvailability(fields["availability_rules"], at(path, "availability_rules"), context);
  const mapping = resolveMapping(fields["mapping"] as string, parameters, mappings, path, UNRESOLVABLE_WORKFLOW);
  if (!mapping) return undefined;
  const script = mapping.kind === "script";
  if (script) {
    parameters[mapping.field] = {
      default: mapping.script,
      description: "Workflow script executed by the script plugin",
    };
  }
  return {
    plugin: mapping.plugin,
    operation: script ? "script_runner.tasks.execute_workflow" : mapping.operation,
    parameters,
    is_cascading: (fields["is_cascading"] as boolean | undefined) ?? false,
    availability_rules: rules,
  };
}

function parseParameters(raw: unknown, path: Path, context: ElementContext, types: DataTypeLookup) {
  const parameters: Record<string, ParameterSchema> = {};
  for (const [name, body] of namedEntries(raw, path, context)) {
    const here = at(path, name);
    const parameter = context.diagnostics.guard(() => {
      const schema = parsePropertySchema<ParameterSchema>(body, here, context, types, PARAMETER_SHAPE, "complete");
      if (!schema) return undefined;
      checkItemType(schema, here);
      if (schema.constraints)
        checkConstraints(schema.constraints, at(here, "constraints"), context, { messages: false });
      return schema;
    });
    if (parameter) parameters[name] = parameter;
  }
  return parameters;
}

function parseAvailability(raw: unknown, path: Path, context: ElementContext): AvailabilityRules | null {
  if (raw === undefined) return null;
  const rules = checkShape(raw, AVAILABILITY, path, context);
  for (const [key, values] of Object.entries(rules ?? {})) {
    if (!Array.isArray(values)) continue;
    for (const [index, value] of values.entries()) {
      const here = at(at(path, key), index);
      if (key !== "node_instances_active") {
        if (typeof value !== "string") throw formatError(`this must be text, and is ${kindOf(value)}`, { at: here });
      } else if (!ACTIVE_STATES.includes(String(value))) {
        const hint = nearestHint(String(value), ACTIVE_STATES) ?? `states are ${ACTIVE_STATES.join(", ")}`;
        throw logicError(103, `node instances cannot be active as ${JSON.stringify(value)}`, { at: here, hint });
      }
    }
  }
  return (rules as AvailabilityRules | undefined) ?? null;
}

/** Plugins that workflows run with, each once. */
export function workflowPlugins(
  workflows: Readonly<Record<string, PlanWorkflow>>,
  { plugins }: MappingContext,
): PlanPlugin[] {
  const names = new Set(Object.values(workflows).map(({ plugin }) => plugin));
  return [...names].map((name) => plugins.byName.get(name)).filter((plugin) => plugin !== undefined);
}
