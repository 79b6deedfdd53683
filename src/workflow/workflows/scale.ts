import type { GraphOutcome } from "../command.ts";
import { failureText } from "../failure.ts";
import { textsOf } from "../json-values.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { installGraph, rollbackGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import { reinstallAgain, uninstallAgain } from "../lifecycle/rebuild.ts";
import {
  type Modification,
  type ModifiedInstance,
  type Program,
  type ProgramContext,
  type Request,
  WorkflowFailure,
} from "../program.ts";
import { cleanUpBeforeInstall } from "./clean-up-before-install.ts";
import { log, readDeployment, runGraph, startedModifications, tryGraph } from "./requests.ts";
import { planScaling, type Scaling } from "./scaling.ts";

/** Adds instances of a node or scaling group and installs them, or uninstalls some and removes them. */
export function* scale(context: ProgramContext): Program {
  const scaling = planScaling(new DeploymentIndex(context.deployment), context.parameters);
  if (!scaling) {
    yield* log("info", "delta parameter is 0, so no scaling will take place.");
    return undefined;
  }
  if (context.parameters.abort_started === true) yield* abortStarted(context);
  const modification = yield* modify(context, scaling);
  yield* log("info", `Deployment modification started. [modification_id=${modification.id}]`);
  const outcome =
    scaling.delta > 0
      ? yield* scaleOut(context, scaling, modification)
      : yield* scaleIn(context, scaling, modification);
  if (outcome.status === "failed") throw new WorkflowFailure("WorkflowFailed", failureText(outcome.errors));
  if (!context.dryRun) yield { kind: "finish-modification", id: modification.id };
  return undefined;
}

/** A scale that is resumed, or taken over from a lost worker, goes on with the modification that it has started. */
function* modify(context: ProgramContext, { entity, instances }: Scaling): Generator<Request, Modification, unknown> {
  const own = (yield* startedModifications()).find(({ executionId }) => executionId === context.executionId);
  if (own) return own;
  const { include_instances: include, exclude_instances: exclude } = context.parameters;
  const node = { instances, removed_ids_include_hint: textsOf(include), removed_ids_exclude_hint: textsOf(exclude) };
  return (yield { kind: "start-modification", nodes: { [entity]: node }, preview: context.dryRun }) as Modification;
}

function* scaleOut(
  context: ProgramContext,
  { name }: Scaling,
  modification: Modification,
): Generator<Request, GraphOutcome, unknown> {
  const request = yield* changed(context, modification, modification.added, "added");
  yield* cleanUpBeforeInstall(context, request.index, `${name}_install`);
  const outcome = yield* tryGraph(context, `${name}_install`, () => installGraph(request), reinstallAgain(request));
  if (outcome.status !== "failed") return outcome;
  if (context.parameters.rollback_if_failed === false) {
    yield* log("error", "Scale out failed.");
    return outcome;
  }
  yield* log("error", "Scale out failed, scaling back in.");
  const halfDone = yield* changed(context, modification, modification.added, "added");
  const ignoreFailure = context.parameters.ignore_failure === true;
  const undone = yield* tryGraph(context, `${name}_rollback`, () => rollbackGraph({ ...halfDone, ignoreFailure }));
  yield* rollBack(modification);
  return undone.status === "failed" ? undone : outcome;
}

function* scaleIn(
  context: ProgramContext,
  { name }: Scaling,
  modification: Modification,
): Generator<Request, GraphOutcome, unknown> {
  const request = yield* changed(context, modification, modification.removed, "removed");
  const ignoreFailure = context.parameters.ignore_failure === true;
  const down = { ...request, ignoreFailure };
  const outcome = yield* tryGraph(context, `${name}_uninstall`, () => uninstallGraph(down), uninstallAgain(down));
  if (outcome.status === "failed" && context.parameters.rollback_if_failed !== false) yield* rollBack(modification);
  return outcome;
}

/** Takes back what earlier scalings left started: their new instances are uninstalled. */
function* abortStarted(context: ProgramContext): Generator<Request, void, unknown> {
  for (const modification of yield* startedModifications()) {
    if (modification.executionId === context.executionId) continue;
    yield* log("info", `Rolling back deployment modification. [modification_id=${modification.id}]`);
    const request = yield* changed(context, modification, modification.added, "added");
    const ignoreFailure = context.parameters.ignore_failure === true;
    yield* runGraph(context, "uninstall", () => uninstallGraph({ ...request, ignoreFailure }));
    yield { kind: "rollback-modification", id: modification.id };
  }
}

function* rollBack({ id }: Modification): Generator<Request, void, unknown> {
  yield* log("warning", `Rolling back deployment modification. [modification_id=${id}]`);
  yield { kind: "rollback-modification", id };
}

/** The instances that come or go, in the deployment as the modification has made it, with those related to them. */
function* changed(
  context: ProgramContext,
  modification: Modification,
  side: ModifiedInstance[],
  kind: "added" | "removed",
) {
  const index = context.dryRun ? withPreview(context, modification) : yield* readDeployment();
  const ids = new Set(side.filter((one) => one.modification === kind).map(({ id }) => id));
  return {
    index,
    instances: index.view.instances.filter(({ id }) => ids.has(id)),
    intact: index.view.instances.filter(({ id }) => !ids.has(id)),
    builder: context.builder,
    subgraphRetries: context.configuration.subgraphRetries,
  };
}

/** What a dry run would add is nowhere but in the preview. */
function withPreview({ deployment }: ProgramContext, { added }: Modification): DeploymentIndex {
  const fresh = added.filter(({ modification }) => modification === "added");
  return new DeploymentIndex({ ...deployment, instances: [...deployment.instances, ...fresh] });
}
