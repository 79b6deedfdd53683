import { DeploymentIndex, isOfType } from "../lifecycle/deployment-index.ts";
import { COMPUTE, installMethod } from "../lifecycle/host-tasks.ts";
import { type Program, type ProgramContext, WorkflowFailure } from "../program.ts";
import { filterInstances } from "./filter-instances.ts";

/**
 * `install_new_agents` and `validate_agents`: operations run on the server's own workers, so there is no agent to
 * install or to ask. Hosts without one are fine; a host that is meant to have one is a failure that says so.
 */
export function* agents(context: ProgramContext): Program {
  const index = new DeploymentIndex(context.deployment);
  const hosts = filterInstances(index, context.parameters).filter((instance) => {
    const node = index.nodeOf(instance);
    return isOfType(node, COMPUTE) && installMethod(node) !== "none";
  });
  if (hosts.length === 0) return undefined;
  throw new WorkflowFailure(
    "NonRecoverableError",
    `There are no agents here: operations run on this server's workers. Set agent_config.install_method to none on ${hosts
      .map(({ id }) => id)
      .join(", ")}`,
  );
}
