import type { InstanceView } from "../deployment-view.ts";
import { TaskGraphBuilder } from "../graph-builder.ts";
import type { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { InstanceSteps } from "../lifecycle/instance-steps.ts";
import { lifecycle } from "../lifecycle/operation-names.ts";
import { cleanUpBeforeResume } from "../lifecycle/uninstall-instance.ts";
import type { ProgramContext, Request } from "../program.ts";
import type { Task } from "../task.ts";

/** In these states an operation was under way; when it is to be called again, what it half did goes first. */
const UNDER_WAY: Record<string, string> = { starting: lifecycle("start"), creating: lifecycle("create") };

/**
 * A resumed install stops, or deletes, each instance whose start, or create, it will call again. Failures of that do
 * not matter.
 */
export function* cleanUpBeforeInstall(
  context: ProgramContext,
  index: DeploymentIndex,
  graphName: string,
): Generator<Request, void, unknown> {
  if (!context.resume) return;
  const again = pendingOperations(context.storedGraphs.get(graphName) ?? []);
  const unclean = index.view.instances.filter((instance) => again.has(key(instance)));
  if (unclean.length === 0) return;
  yield {
    kind: "run-graph",
    name: "resume_cleanup",
    stored: false,
    build: () => cleanUpGraph(context, index, unclean),
  };
}

function cleanUpGraph(context: ProgramContext, index: DeploymentIndex, instances: InstanceView[]): Task[] {
  const builder = new TaskGraphBuilder(context.builder);
  for (const instance of instances) {
    const subgraph = builder.top.subgraph(`resume_cleanup_${instance.id}`);
    const steps = new InstanceSteps(subgraph, index, instance, { onFailure: "clean-up" });
    cleanUpBeforeResume(steps);
    steps.finish();
  }
  return builder.build();
}

const key = ({ id, state }: InstanceView): string => `${id} ${UNDER_WAY[state]}`;

function pendingOperations(tasks: readonly Task[]): Set<string> {
  const pending = new Set<string>();
  for (const { state, work } of tasks) {
    if (state !== "pending" || work.type !== "RemoteWorkflowTask") continue;
    pending.add(`${work.call.nodeInstanceId} ${work.call.operation}`);
  }
  return pending;
}
