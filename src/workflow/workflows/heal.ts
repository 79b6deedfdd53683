import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView } from "../deployment-view.ts";
import { type Subgraph, TaskGraphBuilder } from "../graph-builder.ts";
import { objectOf } from "../json-values.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { InstanceSteps } from "../lifecycle/instance-steps.ts";
import { lifecycle } from "../lifecycle/operation-names.ts";
import { type Program, type ProgramContext, type Request, WorkflowFailure } from "../program.ts";
import type { Task } from "../task.ts";
import { checkStatusGraph } from "./check.ts";
import { containedIn, hostOf } from "./containment.ts";
import { reinstallInstances, underReinstall } from "./reinstall.ts";
import { log, readDeployment, tryGraph } from "./requests.ts";

/**
 * Brings sick instances back: by their heal operation, else by reinstalling them with what is contained in them. For
 * one instance its whole host is looked at, without one the whole deployment.
 */
export function* heal(context: ProgramContext): Program {
  const { parameters } = context;
  const index = new DeploymentIndex(context.deployment);
  const { subject, told } = subjectOf(index, parameters.node_instance_id);
  yield* log("info", `Starting 'heal' workflow ${told}, Diagnosis: ${String(parameters.diagnose_value)}`);
  const ignoreFailure = parameters.ignore_failure === true;
  const ids = (instances: readonly InstanceView[]) => instances.map(({ id }) => id);
  if (parameters.force_reinstall === true) {
    yield* reinstallInstances(context, ids(subject), { ignoreFailure });
    return undefined;
  }
  if (parameters.check_status !== false) {
    yield* tryGraph(context, "check_status", () => checkStatusGraph(context, index, subject, { ignoreFailure: true }));
  }
  const checked = yield* readDeployment();
  const isTargeted = Boolean(parameters.node_instance_id);
  const sick = subject.flatMap(({ id }) => checked.instance(id) ?? []).filter((one) => !isHealthy(one, isTargeted));
  const lost = new Set(underReinstall(context.storedGraphs));
  for (const instance of sick) {
    if (!hasHeal(checked, instance)) for (const one of containedIn(checked, instance)) lost.add(one.id);
  }
  mustBeAllowed(lost, parameters);
  const healable = sick.filter(({ id }) => !lost.has(id));
  const healed = yield* healInstances(context, checked, healable);
  for (const { id } of healable) if (!healed.has(id)) lost.add(id);
  if (lost.size === 0) return undefined;
  mustBeAllowed(lost, parameters);
  yield* reinstallInstances(context, [...lost], { ignoreFailure });
  return undefined;
}

/** How many instances an error names. */
const NAMED = 5;

function mustBeAllowed(lost: ReadonlySet<string>, parameters: JsonObject): void {
  if (lost.size === 0 || parameters.allow_reinstall !== false) return;
  const more = lost.size > NAMED ? ` (and ${lost.size - NAMED} more)` : "";
  const names = [...lost].slice(0, NAMED).join(", ");
  throw new WorkflowFailure(
    "RuntimeError",
    `allow_reinstall is false, but would need to reinstall instances: ${names}${more}`,
  );
}

function subjectOf(index: DeploymentIndex, id: unknown): { subject: InstanceView[]; told: string } {
  if (!id) return { subject: index.view.instances, told: `for '${index.view.id}' deployment` };
  const instance = index.instance(String(id));
  if (!instance) throw new WorkflowFailure("ValueError", `No node instance with id \`${String(id)}\` was found`);
  return { subject: containedIn(index, hostOf(index, instance)), told: `on ${instance.id}` };
}

/** An instance that was asked for must have been checked; among all of them, one without a check is taken to be well. */
export function isHealthy({ systemProperties }: InstanceView, isTargeted: boolean): boolean {
  const { ok, task } = objectOf(systemProperties.status);
  return isTargeted ? ok === true && Boolean(task) : ok !== false;
}

export const hasHeal = (index: DeploymentIndex, instance: InstanceView): boolean =>
  index.implementation(instance, lifecycle("heal")) !== undefined;

/** Returns the ids of those that were healed; the failure of one is not the workflow's. */
export function* healInstances(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  graphName = "heal",
): Generator<Request, Set<string>, unknown> {
  if (instances.length === 0 && !context.dryRun && !context.storedGraphs.has(graphName)) return new Set();
  const outcome = yield* tryGraph(context, graphName, () => healGraph(context, index, instances));
  if (outcome.status !== "succeeded") return new Set();
  const failed = new Set(outcome.forgiven?.map(({ nodeInstanceId }) => nodeInstanceId));
  const healed = instances.filter(({ id }) => !failed.has(id));
  for (const { id: nodeInstanceId, systemProperties } of context.dryRun ? [] : healed) {
    const status = { ...objectOf(systemProperties.status), ok: true, task: null, healed: true };
    yield { kind: "update-system-properties", nodeInstanceId, properties: { status } };
  }
  return new Set(healed.map(({ id }) => id));
}

/** A sick instance waits for the sick ones that it depends on, and goes on when one of them cannot be healed. */
function healGraph(context: ProgramContext, index: DeploymentIndex, instances: InstanceView[]): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  const subgraphs = new Map<string, Subgraph>();
  for (const instance of instances) {
    const subgraph = builder.top.subgraph(`heal_${instance.id}`, { onFailure: "skip" });
    subgraphs.set(instance.id, subgraph);
    const steps = new InstanceSteps(subgraph, index, instance);
    steps.mark("Healing node instance");
    for (const operation of ["preheal", "heal", "postheal"]) steps.operation(lifecycle(operation));
    steps.mark("Node instance healed");
    steps.finish();
  }
  const others = index.view.instances.filter(({ id }) => !subgraphs.has(id));
  for (const { id } of others) subgraphs.set(id, builder.top.subgraph(`stub_${id}`));
  for (const instance of instances) {
    for (const { target } of index.relationshipsOf(instance)) {
      const [source, on] = [subgraphs.get(instance.id), subgraphs.get(target.id)];
      if (source && on) builder.dependency(source.id, on.id);
    }
  }
  builder.removeIdle(others.map(({ id }) => subgraphs.get(id)?.id ?? ""));
  return builder.build();
}
