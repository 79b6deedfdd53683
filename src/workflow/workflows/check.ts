import type { InstanceView } from "../deployment-view.ts";
import { TaskGraphBuilder } from "../graph-builder.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { lifecycle, relationshipLifecycle, validation } from "../lifecycle/operation-names.ts";
import { addOperation, addRelationshipOperation, SIDES } from "../lifecycle/operation-tasks.ts";
import type { Program, ProgramContext } from "../program.ts";
import type { Task, TaskId } from "../task.ts";
import { filterInstances } from "./filter-instances.ts";
import { runGraph } from "./requests.ts";

/** Asks each chosen instance, once unless its operation says otherwise, whether it is well. */
export function* checkStatus(context: ProgramContext): Program {
  const index = new DeploymentIndex(context.deployment);
  const { builder } = context;
  const retries = { total: 0, interval: builder.retries?.interval ?? 0 };
  yield* runGraph(context, "check_status", () =>
    checkStatusGraph(
      { ...context, builder: { ...builder, retries } },
      index,
      filterInstances(index, context.parameters),
      {
        inOrder: context.parameters.run_by_dependency_order === true,
      },
    ),
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

interface CheckOptions {
  /** Checks of what an instance depends on come before its own. */
  inOrder?: boolean;
  /** The answer is all that matters: a failed check keeps none of the others back. */
  ignoreFailure?: boolean;
}

/** A check is made once: a sick instance does not get better by asking again. */
const once = ({ ignoreFailure = false }: CheckOptions) => ({ onFailure: ignoreFailure ? "skip" : "fail" }) as const;

/** What an instance's checks are: its own, and those that wait for that. */
interface Checks {
  own: TaskId | null;
  others: TaskId[];
}

export function checkStatusGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  options: CheckOptions = {},
): Task[] {
  const settings = { ...once(options), record: { check: "status", reset: false } } as const;
  return checkGraph(context, index, instances, options, ({ top }, instance) => ({
    own: addOperation(top, index, instance, validation("check_status"), settings),
    others: [],
  }));
}

export function checkDriftGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  options: CheckOptions = {},
): Task[] {
  return checkGraph(context, index, instances, options, ({ top }, instance) => {
    const own = addOperation(top, index, instance, lifecycle("check_drift"), {
      ...once(options),
      record: { check: "configuration_drift", reset: false },
    });
    const others = index.relationshipsOf(instance).flatMap((relationship) =>
      SIDES.map((side) =>
        addRelationshipOperation(top, relationship, side, relationshipLifecycle("check_drift"), {
          ...once(options),
          record: { check: `${side}_relationships_configuration_drift`, reset: false },
        }),
      ),
    );
    return { own, others: others.filter((task) => task !== null) };
  });
}

/** An instance's own check waits for those of what it depends on, through instances that have none. */
function checkGraph(
  context: ProgramContext,
  index: DeploymentIndex,
  instances: InstanceView[],
  { inOrder = false }: CheckOptions,
  add: (builder: TaskGraphBuilder, instance: InstanceView) => Checks,
): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  const places = new Map<string, TaskId>();
  const idle: TaskId[] = [];
  const chosen = new Set(instances);
  for (const instance of inOrder ? index.view.instances : instances) {
    const { own, others } = chosen.has(instance) ? add(builder, instance) : { own: null, others: [] };
    const place = own ?? (chosen.has(instance) ? builder.top.nop() : builder.top.subgraph(instance.id).id);
    if (!own) idle.push(place);
    places.set(instance.id, place);
    for (const other of others) builder.dependency(other, place);
  }
  if (inOrder) {
    for (const instance of index.view.instances) {
      for (const { target } of index.relationshipsOf(instance)) {
        const [place, on] = [places.get(instance.id), places.get(target.id)];
        if (place && on) builder.dependency(place, on);
      }
    }
  }
  builder.removeIdle(idle);
  return builder.build();
}
