import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView } from "../deployment-view.ts";
import { DeploymentIndex, type Relationship } from "../lifecycle/deployment-index.ts";
import { installGraph, rollbackGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import { reinstallAgain, uninstallAgain } from "../lifecycle/rebuild.ts";
import type { Program, ProgramContext, Request } from "../program.ts";
import { healInstances } from "./heal.ts";
import { runGraph } from "./requests.ts";
import { updateDrifted } from "./update-changed.ts";

/** What a workflow of the user's own has done to instances it has chosen. */
export interface LifecyclePart {
  /** `establish` and `unlink` are about relationships between instances that stay. */
  kind: "install" | "uninstall" | "rollback" | "establish" | "unlink" | "heal" | "update";
  instanceIds: readonly string[];
  /** Instances that stay, and whose relationships to the chosen ones are established or unlinked. */
  relatedIds: readonly string[];
  ignoreFailure: boolean;
  /** Of `establish` and `unlink`: by the node of a source, the nodes of its targets; null for all relationships. */
  modified: Record<string, string[]> | null;
  /** Under this name the graph is kept: once per execution. */
  graphName: string;
}

/** One graph of the lifecycle, for chosen instances. */
export const lifecyclePart = ({ kind, instanceIds, relatedIds, ignoreFailure, modified, graphName }: LifecyclePart) =>
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
      affected: ({ source, target }: Pick<Relationship, "source" | "target">) =>
        modified ? (modified[source.nodeId] ?? []).includes(target.nodeId) : chosen.has(source) || chosen.has(target),
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
      case "heal": {
        const healed = yield* healInstances(context, index, instances, graphName);
        const failed = instances.filter(({ id }) => !healed.has(id));
        yield* note(
          failed.map(({ id }) => id),
          { heal_failed: context.executionId },
        );
        break;
      }
      case "update":
        yield* note(yield* updateDrifted(context, index, instances, graphName), { update_failed: context.executionId });
        break;
    }
    return undefined;
  };

/** What failed is written down with the execution, for the workflow to look it up. */
function* note(instanceIds: string[], properties: JsonObject): Generator<Request, void, unknown> {
  for (const nodeInstanceId of instanceIds) yield { kind: "update-system-properties", nodeInstanceId, properties };
}

const instancesOf = (index: DeploymentIndex, ids: readonly string[]): InstanceView[] => {
  const wanted = new Set(ids);
  return index.view.instances.filter(({ id }) => wanted.has(id));
};
