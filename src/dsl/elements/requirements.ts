import type { FunctionSite } from "../functions/sites.ts";
import { visitCalls } from "../functions/validate.ts";
import type { PlanBase } from "../plan.ts";

/** Secrets and capabilities of the parent deployment that a deployment of the blueprint will ask for. */
export function findRequirements(sites: Iterable<FunctionSite>): PlanBase["requirements"] {
  const requirements: PlanBase["requirements"] = { secrets: [], parent_capabilities: [] };
  for (const { value, path } of sites) {
    visitCalls(value, path, (name, argument) => {
      if (name === "get_secret") requirements.secrets.push(argument);
      if (name === "get_environment_capability") {
        requirements.parent_capabilities.push(Array.isArray(argument) ? argument : [argument]);
      }
    });
  }
  return requirements;
}
