import type { Json, JsonObject } from "../../api/resources.ts";
import type { ExecutionStatus, TaskState } from "../../api/statuses.ts";
import type { DeploymentPlan } from "../../dsl/index.ts";
import type { DeploymentUpdateRow, OperationRow, UnitOfWork } from "../../storage/index.ts";
import { detailsOf, type UpdateStep } from "./details.ts";
import { planOf } from "./prepare.ts";

/** Executions that may run on, and the tasks of theirs that would run then. */
const RESUMABLE: readonly ExecutionStatus[] = ["pending", "started", "cancelled", "failed"];
const TO_RUN: readonly TaskState[] = ["pending", "rescheduled", "failed"];

/** An operation whose inputs have changed, and whose tasks are told by these. */
interface ChangedOperation {
  name: string;
  nodeId: string;
  /** The node on the other side, when it is a relationship's. */
  relatedTo: string | null;
  inputs: JsonObject;
}

/** Gives tasks of executions that may be resumed the inputs that their operations have now. */
export async function updateStoredOperations(tx: UnitOfWork, update: DeploymentUpdateRow): Promise<void> {
  const plan = planOf(update);
  const changed = (detailsOf(update).steps ?? []).flatMap((step) => changedOperation(plan, step) ?? []);
  if (changed.length === 0) return;
  const { items } = await tx.executions.list({
    scope: { tenants: [update.tenant_name], privateOf: "everyone" },
    filters: { deployment_id: [update.deployment_id], status: RESUMABLE },
    fields: ["id"],
  });
  for (const { id } of items) {
    const tasks = await tx.operations.ofExecution(id, { states: TO_RUN, types: ["RemoteWorkflowTask"] });
    for (const task of tasks) {
      const operation = changed.find((one) => isOf(task, one));
      if (operation) await tx.operations.update(task.id, { parameters: withInputs(task, operation.inputs) });
    }
  }
}

function changedOperation(plan: DeploymentPlan, { entity_type, entity_id }: UpdateStep): ChangedOperation | undefined {
  if (entity_type !== "operation") return undefined;
  const [, nodeId = "", ...path] = entity_id;
  const node = plan.nodes.find(({ id }) => id === nodeId);
  if (path.length === 2) {
    const [, name = ""] = path;
    return changedTo(node?.operations[name]?.inputs, { name, nodeId, relatedTo: null });
  }
  const [, index, side, name = ""] = path;
  const relationship = node?.relationships[Number(index)];
  if (!relationship) return undefined;
  const isTarget = side === "target_operations";
  const operations = isTarget ? relationship.target_operations : relationship.source_operations;
  const [runsOn, relatedTo] = isTarget ? [relationship.target_id, nodeId] : [nodeId, relationship.target_id];
  return changedTo(operations[name]?.inputs, { name, nodeId: runsOn, relatedTo });
}

const changedTo = (
  inputs: object | undefined,
  operation: Omit<ChangedOperation, "inputs">,
): ChangedOperation | undefined => (inputs === undefined ? undefined : { ...operation, inputs: inputs as JsonObject });

function isOf({ parameters }: OperationRow, { name, nodeId, relatedTo }: ChangedOperation): boolean {
  const context = objectAt(parameters, "task_kwargs", "kwargs", "__cloudify_context");
  return (
    context["node_name"] === nodeId &&
    objectAt(context, "operation")["name"] === name &&
    (objectAt(context, "related")["node_name"] ?? null) === relatedTo
  );
}

function withInputs({ parameters }: OperationRow, inputs: JsonObject): JsonObject {
  const kwargs = objectAt(parameters, "task_kwargs", "kwargs");
  const context = { ...objectAt(kwargs, "__cloudify_context"), has_intrinsic_functions: true };
  return {
    ...parameters,
    task_kwargs: {
      ...objectAt(parameters, "task_kwargs"),
      kwargs: { ...kwargs, ...inputs, __cloudify_context: context },
    },
  };
}

const objectAt = (object: JsonObject, ...path: readonly string[]): JsonObject =>
  path.reduce<JsonObject>((inner, key) => asObject(inner[key]), object);

const asObject = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
