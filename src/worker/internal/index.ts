import { createLogBundle } from "../archives/create-log-bundle.ts";
import { createSnapshot } from "../archives/create-snapshot.ts";
import { restoreSnapshot } from "../archives/restore-snapshot.ts";
import type { Workflow } from "../execution/workflow.ts";
import { createDeploymentEnvironment } from "./create-deployment-environment.ts";
import { deleteDeploymentEnvironment } from "./delete-deployment-environment.ts";
import { startUpdate } from "./start-update.ts";
import { updatePlugin } from "./update-plugin.ts";
import { uploadBlueprint } from "./upload-blueprint.ts";

/** The server's own workflows, by name. */
export const INTERNAL_WORKFLOWS: Readonly<Record<string, Workflow>> = {
  create_deployment_environment: createDeploymentEnvironment,
  create_log_bundle: createLogBundle,
  create_snapshot: createSnapshot,
  csys_update_deployment: startUpdate,
  delete_deployment_environment: deleteDeploymentEnvironment,
  restore_snapshot: restoreSnapshot,
  update_plugin: updatePlugin,
  upload_blueprint: uploadBlueprint,
};
