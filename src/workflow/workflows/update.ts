import type { JsonObject } from "../../api/resources.ts";
import { TaskGraphBuilder } from "../graph-builder.ts";
import type { DeploymentIndex, Relationship } from "../lifecycle/deployment-index.ts";
import { installGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import type { Program, ProgramContext, RelationshipIds, Request, UpdateChanges } from "../program.ts";
import type { Task } from "../task.ts";
import { readDeployment, runGraph, runUnstored } from "./requests.ts";
import { updateChanged } from "./update-changed.ts";

/** Steps that the server's rules do, as tasks of the workflow's own process. */
const PREPARE = ["prepare_plan", "create_steps", "prepare_update_nodes", "prepare_plugin_changes"];
const PERFORM = [
  "set_deployment_attributes",
  "update_inter_deployment_dependencies",
  "update_deployment_nodes",
  "update_deployment_node_instances",
];
const FINISH = [
  "delete_removed_relationships",
  "delete_removed_instances",
  "delete_removed_nodes",
  "update_schedules",
  "update_operations",
];

/** Brings a deployment to a new blueprint or new inputs: first what is stored, then the instances that this changes. */
export function* update(context: ProgramContext): Program {
  const { parameters } = context;
  // One that was started like any other workflow has not been written down yet.
  const isRecorded = typeof parameters.update_id === "string" && parameters.update_id !== "";
  const updateId = isRecorded ? String(parameters.update_id) : `${context.deployment.id}_${context.executionId}`;
  const steps = (names: string[]) => () => localSteps(context, names, updateId);
  yield* runUnstored("update_prepare", steps(isRecorded ? PREPARE : ["create_update", ...PREPARE]));
  if (parameters.preview === true) return undefined;
  yield* runUnstored("update_perform", steps(PERFORM));
  const changes = (yield { kind: "read-update", updateId }) as UpdateChanges;
  if (typeof parameters.workflow_id === "string" && parameters.workflow_id) {
    yield { kind: "start-execution", workflowId: parameters.workflow_id, parameters: changes.workflowParameters };
  } else {
    yield* updateInstances(context, changes);
  }
  yield* runUnstored("update_finish", steps(FINISH));
  return undefined;
}

function* updateInstances(context: ProgramContext, changes: UpdateChanges): Generator<Request, void, unknown> {
  const installFirst = context.parameters.install_first === true;
  if (installFirst) yield* bringNew(context, changes);
  yield* takeOld(context, changes);
  yield* updateChanged(context, changes);
  if (!installFirst) yield* bringNew(context, changes);
}

function* takeOld(context: ProgramContext, { removed, reduced }: UpdateChanges): Generator<Request, void, unknown> {
  if (context.parameters.skip_uninstall === true) return;
  const ignoreFailure = context.parameters.ignore_failure === true;
  if (reduced.length > 0) {
    const request = asChosen(context, yield* readDeployment(), []);
    yield* runGraph(context, "unlink-uninstall", () =>
      uninstallGraph({ ...request, ignoreFailure, affected: isOneOf(reduced) }),
    );
  }
  if (removed.length > 0) {
    const request = asChosen(context, yield* readDeployment(), removed);
    yield* runGraph(context, "uninstall", () => uninstallGraph({ ...request, ignoreFailure }));
  }
}

function* bringNew(context: ProgramContext, { added, extended }: UpdateChanges): Generator<Request, void, unknown> {
  if (context.parameters.skip_install === true) return;
  if (added.length > 0) {
    const request = asChosen(context, yield* readDeployment(), added);
    yield* runGraph(context, "install", () => installGraph(request));
  }
  if (extended.length > 0) {
    const request = asChosen(context, yield* readDeployment(), []);
    yield* runGraph(context, "establish-install", () => installGraph({ ...request, affected: isOneOf(extended) }));
  }
}

function asChosen({ builder, configuration }: ProgramContext, index: DeploymentIndex, chosen: string[]) {
  const ids = new Set(chosen);
  const instances = index.view.instances.filter(({ id }) => ids.has(id));
  return { index, instances, intact: index.view.instances, builder, subgraphRetries: configuration.subgraphRetries };
}

const isOneOf = (pairs: RelationshipIds[]) => {
  const known = new Set(pairs.map(({ sourceId, targetId }) => `${sourceId} ${targetId}`));
  return ({ source, target }: Relationship) => known.has(`${source.id} ${target.id}`);
};

function localSteps(context: ProgramContext, names: string[], updateId: string): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  const kwargs: JsonObject = { update_id: updateId };
  builder.sequence(names.map((name) => builder.top.local({ function: name, kwargs, nodeInstanceId: null })));
  return builder.build();
}
