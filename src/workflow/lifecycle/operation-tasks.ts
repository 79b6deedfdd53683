import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView, OperationView } from "../deployment-view.ts";
import type { TaskScope } from "../graph-builder.ts";
import { WorkflowFailure } from "../program.ts";
import type { OperationCall, RelatedInstance, TaskId, TaskSettings } from "../task.ts";
import { type DeploymentIndex, implemented, type Relationship } from "./deployment-index.ts";

export interface OperationSettings extends TaskSettings {
  kwargs?: JsonObject;
  /** Whether kwargs may replace inputs of the blueprint. */
  allowKwargsOverride?: boolean;
}

/** Adds an operation of an instance; null when nothing implements it. */
export function addOperation(
  scope: TaskScope,
  index: DeploymentIndex,
  instance: InstanceView,
  name: string,
  settings: OperationSettings = {},
): TaskId | null {
  const operation = index.implementation(instance, name);
  return operation ? add(scope, operation, callOf(operation, instance, name, null, settings), settings) : null;
}

export const SIDES = ["source", "target"] as const;
export type Side = (typeof SIDES)[number];

/** Adds an operation of one side of a relationship; null when nothing implements it. */
export function addRelationshipOperation(
  scope: TaskScope,
  { source, target, view }: Relationship,
  side: Side,
  name: string,
  settings: OperationSettings = {},
): TaskId | null {
  const operation = implemented(side === "source" ? view.sourceOperations : view.targetOperations, name);
  if (!operation) return null;
  const [instance, other] = side === "source" ? [source, target] : [target, source];
  const related: RelatedInstance = {
    nodeInstanceId: other.id,
    nodeId: other.nodeId,
    isTarget: side === "source",
    relationship: view.type,
  };
  return add(scope, operation, callOf(operation, instance, name, related, settings), settings);
}

function add(scope: TaskScope, operation: OperationView, call: OperationCall, settings: OperationSettings): TaskId {
  const { retries } = scope.builder;
  return scope.operation(call, {
    totalRetries: operation.maxRetries ?? retries.total,
    retryInterval: operation.retryInterval ?? retries.interval,
    ...settings,
  });
}

function callOf(
  operation: OperationView,
  instance: InstanceView,
  name: string,
  related: RelatedInstance | null,
  settings: OperationSettings,
): OperationCall {
  return {
    operation: name,
    task: operation.operation,
    plugin: operation.plugin,
    executor: operation.executor ?? "host_agent",
    nodeInstanceId: instance.id,
    nodeId: instance.nodeId,
    hostId: instance.hostId,
    related,
    kwargs: mergeKwargs(operation.inputs, settings),
    hasIntrinsicFunctions: operation.hasIntrinsicFunctions,
    timeout: operation.timeout,
    timeoutRecoverable: operation.timeoutRecoverable,
  };
}

function mergeKwargs(inputs: JsonObject, { kwargs = {}, allowKwargsOverride = false }: OperationSettings): JsonObject {
  const duplicate = allowKwargsOverride ? undefined : Object.keys(kwargs).find((key) => key in inputs);
  if (duplicate !== undefined) {
    throw new WorkflowFailure(
      "RuntimeError",
      `Duplicate definition of ${duplicate} in operation properties and in kwargs. ` +
        'To allow redefinition, pass "allow_kwargs_override" to "execute_operation"',
    );
  }
  return { ...inputs, ...kwargs };
}
