import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { installGraph } from "../lifecycle/lifecycle-graph.ts";
import { reinstallAgain } from "../lifecycle/rebuild.ts";
import type { Program, ProgramContext } from "../program.ts";
import { cleanUpBeforeInstall } from "./clean-up-before-install.ts";
import { filterInstances } from "./filter-instances.ts";
import { runGraph } from "./requests.ts";

/** Installs the chosen instances; the others stay as they are. */
export function* install(context: ProgramContext): Program {
  const index = new DeploymentIndex(context.deployment);
  yield* cleanUpBeforeInstall(context, index, "install");
  const request = {
    index,
    instances: filterInstances(index, context.parameters),
    intact: index.view.instances,
    builder: context.builder,
    subgraphRetries: context.configuration.subgraphRetries,
  };
  yield* runGraph(context, "install", () => installGraph(request), reinstallAgain(request));
  return undefined;
}
