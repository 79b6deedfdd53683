import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { installGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import { reinstallAgain, uninstallAgain } from "../lifecycle/rebuild.ts";
import type { Program, ProgramContext, Request } from "../program.ts";
import { cleanUpBeforeInstall } from "./clean-up-before-install.ts";
import { filterInstances } from "./filter-instances.ts";
import { readDeployment, runGraph } from "./requests.ts";

/** Uninstalls the chosen instances, then installs them. */
export function* reinstall(context: ProgramContext): Program {
  const chosen = filterInstances(new DeploymentIndex(context.deployment), context.parameters);
  yield* reinstallInstances(
    context,
    chosen.map(({ id }) => id),
    { ignoreFailure: context.parameters.ignore_failure === true },
  );
  return undefined;
}

/** Two graphs, `reinstall-uninstall` and `reinstall-install`; the second is made of what the first left behind. */
export function* reinstallInstances(
  context: ProgramContext,
  instanceIds: readonly string[],
  { ignoreFailure }: { ignoreFailure: boolean },
): Generator<Request, void, unknown> {
  const { builder, configuration } = context;
  const ids = new Set(instanceIds);
  const request = (index: DeploymentIndex) => ({
    index,
    instances: index.view.instances.filter(({ id }) => ids.has(id)),
    intact: index.view.instances,
    builder,
    subgraphRetries: configuration.subgraphRetries,
  });
  const before = yield* readDeployment();
  const down = { ...request(before), ignoreFailure };
  yield* runGraph(context, "reinstall-uninstall", () => uninstallGraph(down), uninstallAgain(down));
  const after = yield* readDeployment();
  yield* cleanUpBeforeInstall(context, after, "reinstall-install");
  const up = request(after);
  yield* runGraph(context, "reinstall-install", () => installGraph(up), reinstallAgain(up));
}

/** Instances whose reinstall an execution had begun before it was resumed. */
export function underReinstall(storedGraphs: ProgramContext["storedGraphs"]): string[] {
  const stubs = new Set<string>();
  const found: string[] = [];
  for (const { id, name, subgraph, work } of storedGraphs.get("reinstall-uninstall") ?? []) {
    if (name.startsWith("stub_")) stubs.add(id);
    else if (work.type === "SetNodeInstanceStateTask" && !(subgraph && stubs.has(subgraph)))
      found.push(work.nodeInstanceId);
  }
  return found;
}
