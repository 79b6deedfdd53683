import type { InstanceView } from "../deployment-view.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { installGraph, rollbackGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import { reinstallAgain, uninstallAgain } from "../lifecycle/rebuild.ts";
import type { Program, ProgramContext } from "../program.ts";
import { runGraph } from "./requests.ts";

/** What a workflow of the user's own has done to instances it has chosen. */
export interface LifecyclePart {
  /** `establish` and `unlink` are about relationships between instances that stay. */
  kind: "install" | "uninstall" | "rollback" | "establish" | "unlink";
  instanceIds: readonly string[];
  /** Instances that stay, and whose relationships to the chosen ones are established or unlinked. */
  relatedIds: readonly string[];
  ignoreFailure: boolean;
  /** Under this name the graph is kept: once per execution. */
  graphName: string;
}

/** One graph of the lifecycle, for chosen instances. */
export const lifecyclePart = ({ kind, instanceIds, relatedIds, ignoreFailure, graphName }: LifecyclePart) =>
  function* (context: ProgramContext): Program {
    const index = new DeploymentIndex(context.deployment);
    const { builder, configuration } = context;
    const [instances, related] = [instancesOf(index, instanceIds), instancesOf(index, relatedIds)];
    const request = {
      index,
      instances,
      intact: related,
      builder,
      ignoreFailure,
      subgraphRetries: configuration.subgraphRetries,
    };
    const chosen = new Set(instances);
    const amongThese = {
      ...request,
      instances: [],
      intact: [...instances, ...related],
      affected: ({ source, target }: { source: InstanceView; target: InstanceView }) =>
        chosen.has(source) || chosen.has(target),
    };
    switch (kind) {
      case "install":
        yield* runGraph(context, graphName, () => installGraph(request), reinstallAgain(request));
        break;
      case "uninstall":
        yield* runGraph(context, graphName, () => uninstallGraph(request), uninstallAgain(request));
        break;
      case "rollback":
        yield* runGraph(context, graphName, () => rollbackGraph(request));
        break;
      case "establish":
        yield* runGraph(context, graphName, () => installGraph(amongThese));
        break;
      case "unlink":
        yield* runGraph(context, graphName, () => uninstallGraph(amongThese));
        break;
    }
    return undefined;
  };

const instancesOf = (index: DeploymentIndex, ids: readonly string[]): InstanceView[] => {
  const wanted = new Set(ids);
  return index.view.instances.filter(({ id }) => wanted.has(id));
};
