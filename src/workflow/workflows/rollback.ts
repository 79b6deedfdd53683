import { pythonStr } from "../../lib/python-text.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { rollbackGraph, uninstallGraph } from "../lifecycle/lifecycle-graph.ts";
import type { Program, ProgramContext } from "../program.ts";
import { filterInstances } from "./filter-instances.ts";
import { log, readDeployment, runGraph } from "./requests.ts";

const UNRESOLVED = ["creating", "configuring", "starting"];

/** Takes back what a failed install left half done, whatever fails on the way; with `full_rollback` everything is uninstalled after that. */
export function* rollback(context: ProgramContext): Program {
  const { builder, parameters, configuration } = context;
  const index = new DeploymentIndex(context.deployment);
  const instances = filterInstances(index, parameters).filter(({ state }) => UNRESOLVED.includes(state));
  const unresolved = new Set(instances);
  const intact = index.view.instances.filter((instance) => !unresolved.has(instance));
  yield* log("debug", `unresolved node instances: ${pythonStr(instances.map(({ id }) => id))}`);
  yield* log("debug", `intact node instances: ${pythonStr(intact.map(({ id }) => id))}`);
  const { subgraphRetries } = configuration;
  const request = { index, instances, intact, builder, subgraphRetries, ignoreFailure: true };
  yield* runGraph(context, "rollback", () => rollbackGraph(request));
  if (parameters.full_rollback !== true) return undefined;
  yield* log("debug", "Start uninstall after rollback.");
  const after = yield* readDeployment();
  yield* runGraph(context, "uninstall-auninstall", () =>
    uninstallGraph({ index: after, instances: after.view.instances, intact: [], builder, subgraphRetries }),
  );
  return undefined;
}
