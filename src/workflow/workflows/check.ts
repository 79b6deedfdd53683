import type { InstanceView } from "../deployment-view.ts";
import { TaskGraphBuilder } from "../graph-builder.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { lifecycle, relationshipLifecycle, validation } from "../lifecycle/operation-names.ts";
import { addOperation, addRelationshipOperation, SIDES } from "../lifecycle/operation-tasks.ts";
import type { Program, ProgramContext } from "../program.ts";
import type { Task, TaskId } from "../task.ts";
import { filterInstances } from "./filter-instances.ts";
import { runGraph } from "./requests.ts";

/** Asks each chosen instance whether it is well; the answers stand in its system properties. */
export function* checkStatus(context: ProgramContext): Program {
  const index = new DeploymentIndex(context.deployment);
  yield* runGraph(context, "check_status", () =>
    checkStatusGraph(context, index, filterInstances(index, context.parameters), {
      inOrder: context.parameters.run_by_dependency_order === true,
    }),
  );
  return undefined;
}

/** Asks each chosen instance, and its relationships, whether it differs from its blueprint. */
export function* checkDrift(context: ProgramContext): Program {
  const index = new DeploymentIndex(context.deployment);
  yield* runGraph(context, "check_drift", () =>
    checkDriftGraph(context, index, filterInstances(index, context.parameters), {
      inOrder: context.parameters.run_by_dependency_order === true,
    }),
  );
  return undefined;
}

/** A check is made once: a sick instance does not get better by asking again. */
const ONCE = { onFailure: "fail" } as const;

export function checkStatusGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  { inOrder = false } = {},
): Task[] {
  const settings = { ...ONCE, record: { check: "status", reset: false } } as const;
  return checkGraph(context, index, instances, inOrder, (builder, instance) => {
    const task = addOperation(builder.top, index, instance, validation("check_status"), settings);
    return task ? [task] : [];
  });
}

export function checkDriftGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  { inOrder = true } = {},
): Task[] {
  return checkGraph(context, index, instances, inOrder, ({ top }, instance) => {
    const own = addOperation(top, index, instance, lifecycle("check_drift"), {
      ...ONCE,
      record: { check: "configuration_drift", reset: false },
    });
    const others = index.relationshipsOf(instance).flatMap((relationship) =>
      SIDES.map((side) =>
        addRelationshipOperation(top, relationship, side, relationshipLifecycle("check_drift"), {
          ...ONCE,
          record: { check: `${side}_relationships_configuration_drift`, reset: false },
        }),
      ),
    );
    return [own, ...others].filter((task) => task !== null);
  });
}

function checkGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  inOrder: boolean,
  add: (builder: TaskGraphBuilder, instance: InstanceView) => TaskId[],
): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  const checks = new Map(instances.map((instance) => [instance.id, add(builder, instance)]));
  if (inOrder) {
    for (const instance of instances) {
      for (const on of nearestChecks(index, instance, checks)) {
        for (const task of checks.get(instance.id) ?? []) builder.dependency(task, on);
      }
    }
  }
  return builder.build();
}

/** Checks of what an instance depends on, looking through instances that have none. */
function nearestChecks(index: DeploymentIndex, instance: InstanceView, checks: Map<string, TaskId[]>): Set<TaskId> {
  const found = new Set<TaskId>();
  const seen = new Set([instance.id]);
  const open = [instance];
  for (let one = open.pop(); one; one = open.pop()) {
    for (const { target } of index.relationshipsOf(one)) {
      if (seen.has(target.id)) continue;
      seen.add(target.id);
      const tasks = checks.get(target.id) ?? [];
      if (tasks.length === 0) open.push(target);
      for (const task of tasks) found.add(task);
    }
  }
  return found;
}
