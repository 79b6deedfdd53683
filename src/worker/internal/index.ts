import type { Workflow } from "../execution/workflow-of.ts";
import { deleteDeploymentEnvironment } from "./delete-deployment-environment.ts";

/** The server's own workflows, by name. */
export const INTERNAL_WORKFLOWS: Readonly<Record<string, Workflow>> = {
  delete_deployment_environment: deleteDeploymentEnvironment,
};
