import { TaskGraphBuilder } from "../graph-builder.ts";
import type { Task } from "../task.ts";
import { installInstance } from "./install-instance.ts";
import { InstanceSteps } from "./instance-steps.ts";
import type { LifecycleRequest } from "./lifecycle-graph.ts";
import { uninstallInstance } from "./uninstall-instance.ts";

type Request = Pick<LifecycleRequest, "index" | "builder" | "ignoreFailure">;

/** In place of an instance's failed install: take it down, then install it from the start. */
export const reinstallAgain =
  ({ index, builder: options }: Request) =>
  ({ name }: Task): Task[] => {
    const instance = index.instance(name.replace(/^(install|reinstall)_/, ""));
    if (!instance || instance.id === name) return [];
    const builder = new TaskGraphBuilder(options);
    const whole = builder.top.subgraph(`reinstall_${instance.id}`);
    const down = new InstanceSteps(whole.subgraph(instance.id), index, { ...instance, state: "creating" });
    uninstallInstance(down);
    down.finish();
    const up = new InstanceSteps(whole.subgraph(`install_${instance.id}`), index, { ...instance, state: "deleted" });
    installInstance(up);
    up.finish();
    const told = whole.nodeEvent(instance.id, "Node lifecycle failed. Attempting to re-run node lifecycle");
    builder.sequence([told, down.subgraph.id, up.subgraph.id]);
    return builder.build();
  };

/** In place of an instance's failed uninstall: the same once more. */
export const uninstallAgain =
  ({ index, builder: options, ignoreFailure }: Request) =>
  ({ name }: Task): Task[] => {
    const instance = index.instance(name);
    if (!instance) return [];
    const builder = new TaskGraphBuilder(options);
    const steps = new InstanceSteps(
      builder.top.subgraph(instance.id),
      index,
      instance,
      ignoreFailure ? { onFailure: "ignore" } : {},
    );
    uninstallInstance(steps);
    steps.finish();
    return builder.build();
  };
