import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView } from "../deployment-view.ts";
import { TaskGraphBuilder } from "../graph-builder.ts";
import { objectOf, textsOf } from "../json-values.ts";
import type { DeploymentIndex, Relationship } from "../lifecycle/deployment-index.ts";
import { hasOperation, InstanceSteps } from "../lifecycle/instance-steps.ts";
import { lifecycle, relationshipLifecycle } from "../lifecycle/operation-names.ts";
import { SIDES, type Side } from "../lifecycle/operation-tasks.ts";
import type { ProgramContext, Request, UpdateChanges } from "../program.ts";
import type { Task } from "../task.ts";
import { checkDriftGraph, checkStatusGraph } from "./check.ts";
import { hasHeal, healInstances, isHealthy } from "./heal.ts";
import { reinstallInstances, underReinstall } from "./reinstall.ts";
import { readDeployment, tryGraph } from "./requests.ts";

const UPDATES = ["update", "update_config", "update_apply"].map(lifecycle);
const UPDATE_STEPS = ["preupdate", "update", "postupdate", "update_config", "update_apply", "update_postapply"];

/**
 * Brings instances to what their nodes say now: those that can be updated in place are, the others are reinstalled.
 * An instance that its own drift check finds unchanged is left alone.
 */
export function* updateChanged(context: ProgramContext, changes: UpdateChanges): Generator<Request, void, unknown> {
  const { parameters, storedGraphs } = context;
  const lost = new Set([...underReinstall(storedGraphs), ...textsOf(parameters.reinstall_list)]);
  if (parameters.force_reinstall === true) {
    if (parameters.skip_reinstall !== true) for (const id of changes.changed) lost.add(id);
  } else {
    const drifted = yield* findDrifted(context, changes);
    const index = yield* readDeployment();
    const instances = drifted.flatMap((id) => index.instance(id) ?? []);
    const updatable = instances.filter((one) => isUpdatable(index, one));
    const sick = parameters.skip_heal === true ? new Set<string>() : yield* healBefore(context, index, updatable);
    const well = updatable.filter(({ id }) => !sick.has(id));
    const related = index.view.instances.filter(
      (one) => !drifted.includes(one.id) && hasDriftedRelationship(index, one),
    );
    const failed = yield* updateInPlace(context, index, well, related);
    if (parameters.skip_reinstall !== true) {
      for (const one of instances) if (!well.includes(one)) lost.add(one.id);
      for (const id of failed) lost.add(id);
    }
  }
  if (lost.size === 0) return;
  yield* reinstallInstances(context, [...lost], { ignoreFailure: parameters.ignore_failure === true });
}

/** Changed instances that are not known to be as they should; without a drift check of their own nobody knows. */
function* findDrifted(context: ProgramContext, changes: UpdateChanges): Generator<Request, string[], unknown> {
  if (context.parameters.skip_drift_check === true) return changes.changed;
  const passing = new Set([...changes.added, ...changes.removed]);
  const index = yield* readDeployment();
  const staying = index.view.instances.filter(({ id }) => !passing.has(id));
  const checked = staying.filter((instance) => index.implementation(instance, lifecycle("check_drift")));
  const checks = () => checkDriftGraph(context, index, staying, { inOrder: true, ignoreFailure: true });
  if (checks().length > 0) yield* tryGraph(context, "update_check_drift", checks);
  const after = yield* readDeployment();
  const known = new Set(checked.map(({ id }) => id));
  const drifted = new Set(changes.changed.filter((id) => !known.has(id)));
  for (const id of known) if (hasDrifted(after.instance(id))) drifted.add(id);
  return [...drifted];
}

/** What cannot even be checked cannot be updated in place. */
const isUpdatable = (index: DeploymentIndex, instance: InstanceView): boolean =>
  UPDATES.some((name) => index.implementation(instance, name)) &&
  objectOf(instance.systemProperties.configuration_drift).ok !== false;

function hasDrifted(instance: InstanceView | undefined): boolean {
  const { ok, result } = objectOf(instance?.systemProperties.configuration_drift);
  return ok === false || isSomething(result);
}

/** Sides of an instance's relationships whose drift was checked, with what that found. */
function driftOfSides(
  index: DeploymentIndex,
  source: InstanceView,
): { relationship: Relationship; side: Side; drift: JsonObject }[] {
  return index.relationshipsOf(source).flatMap((relationship) => {
    const { target } = relationship;
    const found = {
      source: objectOf(source.systemProperties.source_relationships_configuration_drift)[target.id],
      target: objectOf(target.systemProperties.target_relationships_configuration_drift)[source.id],
    };
    return SIDES.filter((side) => found[side]).map((side) => ({ relationship, side, drift: objectOf(found[side]) }));
  });
}

const hasDriftedRelationship = (index: DeploymentIndex, instance: InstanceView): boolean =>
  driftOfSides(index, instance).some(
    ({ relationship, drift }) =>
      isSomething(drift.result) && hasOperation(relationship, relationshipLifecycle("update")),
  );

const isSomething = (value: unknown): boolean =>
  value !== null && typeof value === "object" ? Object.keys(value).length > 0 : Boolean(value);

/** A sick instance is healed before it is updated. Returns those that stay sick: only a reinstall helps them. */
function* healBefore(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
): Generator<Request, Set<string>, unknown> {
  const checks = () => checkStatusGraph(context, index, instances, { ignoreFailure: true });
  if (checks().length === 0) return new Set();
  yield* tryGraph(context, "update_check_status", checks);
  const after = yield* readDeployment();
  const sick = instances.flatMap(({ id }) => after.instance(id) ?? []).filter((one) => !isHealthy(one, false));
  const healed = yield* healInstances(
    context,
    after,
    sick.filter((one) => hasHeal(after, one)),
  );
  return new Set(sick.map(({ id }) => id).filter((id) => !healed.has(id)));
}

/** Updates those of the instances that were found to have drifted, themselves or in their relationships. */
export function* updateDrifted(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  graphName: string,
): Generator<Request, string[], unknown> {
  const drifted = instances.filter(
    (one) => hasDrifted(one) && UPDATE_STEPS.some((name) => index.implementation(one, lifecycle(name))),
  );
  const related = instances.filter((one) => !drifted.includes(one) && hasDriftedRelationship(index, one));
  return yield* updateInPlace(context, index, drifted, related, graphName);
}

/** Returns the ids of those whose update failed; the others go on. */
function* updateInPlace(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  related: InstanceView[],
  graphName = "update",
): Generator<Request, string[], unknown> {
  if (instances.length + related.length === 0) return [];
  const outcome = yield* tryGraph(context, graphName, () => updateGraph(context, index, instances, related));
  const failures = outcome.status === "succeeded" ? (outcome.forgiven ?? []) : [];
  const failed = new Set(failures.map(({ nodeInstanceId }) => nodeInstanceId));
  for (const { id: nodeInstanceId } of [...instances, ...related]) {
    if (context.dryRun || failed.has(nodeInstanceId)) continue;
    yield { kind: "update-system-properties", nodeInstanceId, properties: { configuration_drift: null } };
  }
  return [...failed].filter((id) => id !== null);
}

/** `related` are updated in their relationships alone. */
function updateGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  related: InstanceView[],
): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  const all = [...instances, ...related];
  const own = new Set(instances);
  const subgraphs = new Map(all.map(({ id }) => [id, builder.top.subgraph(`update_${id}`, { onFailure: "skip" })]));
  for (const instance of all) {
    const subgraph = subgraphs.get(instance.id);
    if (!subgraph) continue;
    const steps = new InstanceSteps(subgraph, index, instance);
    steps.mark("Updating node instance");
    if (own.has(instance)) for (const operation of UPDATE_STEPS) steps.operation(lifecycle(operation));
    for (const { relationship, side } of driftOfSides(index, instance)) {
      steps.side(relationship, side, relationshipLifecycle("update"));
    }
    steps.mark("Node instance updated");
    steps.finish();
    for (const { target } of index.relationshipsOf(instance)) {
      const on = subgraphs.get(target.id);
      if (on) builder.dependency(subgraph.id, on.id);
    }
  }
  return builder.build();
}
