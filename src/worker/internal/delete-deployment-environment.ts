import { rm } from "node:fs/promises";
import { terminated } from "../execution/execution-end.ts";
import type { Workflow } from "../execution/workflow-of.ts";

/** Takes away what a deployment has besides its rows; those go when the execution ends. */
export const deleteDeploymentEnvironment: Workflow = async ({ execution, surroundings, begins }) => {
  await begins();
  const [tenant, id] = [execution.tenant_name, execution.deployment_id ?? ""];
  await rm(surroundings.home.deployment(tenant, id), { recursive: true, force: true });
  await rm(surroundings.home.temporary(tenant, id), { recursive: true, force: true });
  return terminated;
};
