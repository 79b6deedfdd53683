import type { Workflow } from "../execution/workflow-of.ts";
import { createDeploymentEnvironment } from "./create-deployment-environment.ts";
import { deleteDeploymentEnvironment } from "./delete-deployment-environment.ts";
import { uploadBlueprint } from "./upload-blueprint.ts";

/** The server's own workflows, by name. */
export const INTERNAL_WORKFLOWS: Readonly<Record<string, Workflow>> = {
  create_deployment_environment: createDeploymentEnvironment,
  delete_deployment_environment: deleteDeploymentEnvironment,
  upload_blueprint: uploadBlueprint,
};
