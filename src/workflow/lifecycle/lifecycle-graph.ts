import type { InstanceView } from "../deployment-view.ts";
import { type BuilderOptions, type Subgraph, TaskGraphBuilder } from "../graph-builder.ts";
import type { Task, TaskId } from "../task.ts";
import type { DeploymentIndex, Relationship } from "./deployment-index.ts";
import { installInstance } from "./install-instance.ts";
import { InstanceSteps } from "./instance-steps.ts";
import { relationshipLifecycle } from "./operation-names.ts";
import { addRelationshipOperation, SIDES } from "./operation-tasks.ts";
import { rollbackInstance, uninstallInstance } from "./uninstall-instance.ts";

export interface LifecycleRequest {
  index: DeploymentIndex;
  /** Instances to be processed. */
  instances: readonly InstanceView[];
  /** Instances that stay as they are, but whose relationships to the processed ones are established or unlinked. */
  intact: readonly InstanceView[];
  builder: BuilderOptions;
  ignoreFailure?: boolean;
  subgraphRetries?: number;
  /** Relationships of intact instances to establish or unlink; those to the processed ones unless told otherwise. */
  affected?: (relationship: Relationship) => boolean;
}

/** Installs instances: each waits for those that it has relationships to. */
export const installGraph = (request: LifecycleRequest): Task[] =>
  lifecycleGraph(request, { subgraphName: (id) => `install_${id}`, add: installInstance, isInstall: true });

/** Uninstalls instances, in the other direction. */
export const uninstallGraph = (request: LifecycleRequest): Task[] =>
  lifecycleGraph(request, { subgraphName: (id) => id, add: uninstallInstance, isInstall: false });

/** Rolls back instances that an install left half done. */
export const rollbackGraph = (request: LifecycleRequest): Task[] =>
  lifecycleGraph(request, { subgraphName: (id) => id, add: rollbackInstance, isInstall: false });

interface Direction {
  subgraphName: (instanceId: string) => string;
  add: (steps: InstanceSteps) => void;
  isInstall: boolean;
}

/** What others can wait for: the instance's subgraph, or what follows one of its operations. */
interface Placed {
  subgraph: Subgraph;
  after: (operation: string) => readonly TaskId[];
}

function lifecycleGraph(request: LifecycleRequest, direction: Direction): Task[] {
  const { index, instances, intact } = request;
  const builder = new TaskGraphBuilder(request.builder);
  const settings = request.ignoreFailure ? ({ onFailure: "ignore" } as const) : {};
  const placed = new Map<string, Placed>();
  for (const instance of instances) {
    const subgraph = builder.top.subgraph(direction.subgraphName(instance.id), {
      totalRetries: request.subgraphRetries ?? 0,
    });
    const steps = new InstanceSteps(subgraph, index, instance, settings);
    direction.add(steps);
    placed.set(instance.id, { subgraph, after: steps.finish() });
  }
  const processed = new Set(instances);
  const affected = request.affected ?? (({ target }: Relationship) => processed.has(target));
  const stubs = intact.filter((instance) => !processed.has(instance));
  for (const { id } of stubs) placed.set(id, { subgraph: builder.top.subgraph(`stub_${id}`), after: () => [] });
  for (const instance of instances) order(builder, index, instance, placed, direction);
  for (const instance of stubs) {
    order(builder, index, instance, placed, direction);
    const relationships = index.relationshipsOf(instance).filter(affected);
    const stub = placed.get(instance.id)?.subgraph;
    if (stub) addStubOperations(stub, relationships, direction);
  }
  builder.removeIdle(stubs.map(({ id }) => placed.get(id)?.subgraph.id ?? ""));
  return builder.build();
}

/**
 * A source installs after its targets and is uninstalled before them. Where the relationship names an operation, all
 * that is waited for is that one: when it is not among the steps, nothing is.
 */
function order(
  builder: TaskGraphBuilder,
  index: DeploymentIndex,
  instance: InstanceView,
  placed: Map<string, Placed>,
  { isInstall }: Direction,
): void {
  const source = placed.get(instance.id);
  for (const { target, view } of index.relationshipsOf(instance)) {
    const other = placed.get(target.id);
    if (!source || !other) continue;
    const [later, earlier] = isInstall ? [source, other] : [other, source];
    const { operation } = view.properties;
    const isNamed = typeof operation === "string" && operation !== "";
    for (const task of isNamed ? earlier.after(fullName(operation)) : [earlier.subgraph.id]) {
      builder.dependency(later.subgraph.id, task);
    }
  }
}

/** `depends_on_lifecycle_operation` may name `create` for `cloudify.interfaces.lifecycle.create`. */
const fullName = (operation: string): string =>
  operation.includes(".") ? operation : `cloudify.interfaces.lifecycle.${operation}`;

/**
 * Relationships from instances that stay to those that come or go. When they go, failures do not matter, and what
 * nothing implements keeps its place as a no-op, as it does in every dry run.
 */
function addStubOperations(stub: Subgraph, relationships: Relationship[], { isInstall }: Direction): void {
  const name = relationshipLifecycle(isInstall ? "establish" : "unlink");
  const tasks: TaskId[] = [];
  for (const relationship of isInstall ? relationships : relationships.reverse()) {
    for (const side of SIDES) {
      const settings = isInstall ? {} : ({ onFailure: "ignore" } as const);
      const task = addRelationshipOperation(stub, relationship, side, name, settings);
      if (task) tasks.push(task);
      else if (!isInstall || stub.builder.dryRun) tasks.push(stub.nop());
    }
  }
  stub.builder.sequence(tasks);
}
