import type { InstanceView } from "../deployment-view.ts";
import { type BuilderOptions, TaskGraphBuilder } from "../graph-builder.ts";
import type { Task } from "../task.ts";
import type { DeploymentIndex } from "./deployment-index.ts";
import { installInstance } from "./install-instance.ts";
import { InstanceSteps } from "./instance-steps.ts";
import { rollbackInstance, uninstallInstance } from "./uninstall-instance.ts";

export interface InstanceLifecycle {
  kind: "install" | "uninstall" | "reinstall" | "rollback";
  ignoreFailure: boolean;
}

/** What one instance goes through, as one subgraph for a graph that somebody else builds; it comes first. */
export function instanceTasks(
  index: DeploymentIndex,
  instance: InstanceView,
  { kind, ignoreFailure }: InstanceLifecycle,
  options: BuilderOptions,
): Task[] {
  const builder = new TaskGraphBuilder(options);
  const settings = ignoreFailure ? ({ onFailure: "ignore" } as const) : {};
  const named = kind === "install" || kind === "reinstall" ? `${kind}_${instance.id}` : instance.id;
  const whole = builder.top.subgraph(named);
  const add = (steps: InstanceSteps, lifecycle: (steps: InstanceSteps) => void) => {
    lifecycle(steps);
    steps.finish();
    return steps.subgraph.id;
  };
  switch (kind) {
    case "install":
      add(new InstanceSteps(whole, index, instance, settings), installInstance);
      break;
    case "uninstall":
      add(new InstanceSteps(whole, index, instance, settings), uninstallInstance);
      break;
    case "rollback":
      add(new InstanceSteps(whole, index, instance, settings), rollbackInstance);
      break;
    case "reinstall": {
      const inside = (name: string, state: InstanceView["state"]) =>
        new InstanceSteps(whole.subgraph(name), index, { ...instance, state }, settings);
      const down = add(inside(instance.id, instance.state), uninstallInstance);
      const up = add(inside(`install_${instance.id}`, "deleted"), installInstance);
      builder.sequence([down, up]);
      break;
    }
  }
  return builder.build();
}
