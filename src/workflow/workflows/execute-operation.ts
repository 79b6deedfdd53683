import type { JsonObject } from "../../api/resources.ts";
import { pythonStr } from "../../lib/python-text.ts";
import { type BuilderOptions, type Subgraph, TaskGraphBuilder } from "../graph-builder.ts";
import { isOn } from "../json-values.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { lifecycle } from "../lifecycle/operation-names.ts";
import { addOperation } from "../lifecycle/operation-tasks.ts";
import { type Program, type ProgramContext, type Request, WorkflowFailure } from "../program.ts";
import type { Task } from "../task.ts";
import { filterInstances } from "./filter-instances.ts";
import { runGraph } from "./requests.ts";

/** Runs one operation on all chosen instances that have it. States are not touched. */
export function* executeOperation(context: ProgramContext): Program {
  const { parameters } = context;
  // A workflow of the blueprint's own may stand for this one without declaring the parameter.
  if (typeof parameters.operation !== "string" || parameters.operation === "")
    throw new WorkflowFailure(
      "TypeError",
      "execute_operation needs the name of an operation, as parameter `operation`",
    );
  yield* runOperation(context, {
    operation: parameters.operation,
    kwargs: dictionaryOf(parameters, "operation_kwargs"),
    allowKwargsOverride: isOn(parameters.allow_kwargs_override),
  });
  return undefined;
}

export function* start(context: ProgramContext): Program {
  yield* runLifecycle(context, "start", "operation_parms");
  return undefined;
}

export function* stop(context: ProgramContext): Program {
  yield* runLifecycle(context, "stop", "operation_parms");
  return undefined;
}

export function* restart(context: ProgramContext): Program {
  yield* runLifecycle(context, "stop", "stop_parms");
  yield* runLifecycle(context, "start", "start_parms");
  return undefined;
}

export function* pull(context: ProgramContext): Program {
  yield* runLifecycle(context, "pull", "operation_parms");
  return undefined;
}

const runLifecycle = (context: ProgramContext, operation: string, parameter: string) =>
  runOperation(context, {
    operation: lifecycle(operation),
    kwargs: dictionaryOf(context.parameters, parameter),
    allowKwargsOverride: true,
  });

/** @throws WorkflowFailure for what is given and no dictionary, as text is that was meant to be one */
function dictionaryOf(parameters: JsonObject, name: string): JsonObject {
  const value = parameters[name] ?? {};
  if (typeof value === "object" && !Array.isArray(value)) return value;
  throw new WorkflowFailure("ValueError", `The parameter ${name} must be a dictionary, and is ${pythonStr(value)}`);
}

interface OperationRun {
  operation: string;
  kwargs: JsonObject;
  allowKwargsOverride: boolean;
}

function* runOperation(context: ProgramContext, run: OperationRun): Generator<Request, void, unknown> {
  yield* runGraph(context, `execute_operation_${run.operation}`, () =>
    operationGraph(new DeploymentIndex(context.deployment), run, context.parameters, context.builder),
  );
}

function operationGraph(
  index: DeploymentIndex,
  run: OperationRun,
  parameters: JsonObject,
  options: BuilderOptions,
): Task[] {
  const builder = new TaskGraphBuilder(options);
  const subgraphs = new Map<string, Subgraph>();
  const told = Object.keys(run.kwargs).length > 0 ? ` (Operation parameters: ${pythonStr(run.kwargs)})` : "";
  const inOrder = parameters.run_by_dependency_order === true;
  const chosen = new Set(filterInstances(index, parameters));
  // All take part when there is an order to keep, through those that are not chosen or have no such operation too.
  for (const instance of inOrder ? index.view.instances : chosen) {
    const subgraph = builder.top.subgraph(instance.id);
    subgraphs.set(instance.id, subgraph);
    if (!chosen.has(instance) || !index.implementation(instance, run.operation)) continue;
    const before = subgraph.nodeEvent(instance.id, `Starting operation ${run.operation}${told}`);
    const task = addOperation(subgraph, index, instance, run.operation, run);
    const after = subgraph.nodeEvent(instance.id, `Finished operation ${run.operation}`);
    builder.sequence([before, task ?? [], after]);
  }
  if (inOrder) {
    for (const instance of index.view.instances) {
      for (const { target } of index.relationshipsOf(instance)) {
        const [source, on] = [subgraphs.get(instance.id), subgraphs.get(target.id)];
        if (source && on) builder.dependency(source.id, on.id);
      }
    }
  }
  builder.removeIdle([...subgraphs.values()].map(({ id }) => id));
  return builder.build();
}
