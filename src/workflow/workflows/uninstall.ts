import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import { uninstallAgain } from "../lifecycle/rebuild.ts";
import type { Program, ProgramContext } from "../program.ts";
import { filterInstances } from "./filter-instances.ts";
import { runGraph } from "./requests.ts";

/** Stops and deletes the chosen instances, dependants first; with `recursive` the services of the deployment before. */
export function* uninstall(context: ProgramContext): Program {
  const { parameters } = context;
  const index = new DeploymentIndex(context.deployment);
  if (parameters.recursive === true) yield { kind: "uninstall-services", parameters };
  const request = {
    index,
    instances: filterInstances(index, parameters),
    intact: index.view.instances,
    builder: context.builder,
    ignoreFailure: parameters.ignore_failure === true,
    subgraphRetries: context.configuration.subgraphRetries,
  };
  yield* runGraph(context, "uninstall", () => uninstallGraph(request), uninstallAgain(request));
  return undefined;
}
