import type {
  DeploymentModification,
  DeploymentUpdate,
  InterDeploymentDependency,
} from "../../api/deployment-changes.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface UpdateDeployment {
  blueprint_id?: string | null;
  inputs?: JsonObject;
  workflow_id?: string | null;
  preview?: boolean;
  force?: boolean;
  skip_install?: boolean;
  skip_uninstall?: boolean;
  skip_reinstall?: boolean;
  skip_drift_check?: boolean;
  skip_heal?: boolean;
  force_reinstall?: boolean;
  ignore_failure?: boolean;
  install_first?: boolean;
  update_plugins?: boolean;
  runtime_only_evaluation?: boolean;
  auto_correct_types?: boolean;
  reevaluate_active_statuses?: boolean;
  /** Node instances to reinstall whatever has changed. */
  reinstall_list?: string[];
}

const UPDATE_DEFAULTS: UpdateDeployment = {
  workflow_id: null,
  skip_install: false,
  skip_uninstall: false,
  skip_reinstall: false,
  skip_drift_check: false,
  skip_heal: false,
  force_reinstall: false,
  ignore_failure: false,
  install_first: false,
  preview: false,
  blueprint_id: null,
  update_plugins: true,
  force: false,
  runtime_only_evaluation: false,
  auto_correct_types: false,
  reevaluate_active_statuses: false,
};

export const deploymentUpdates = (rest: Rest) => ({
  get: (id: string, query: { _include?: string[] } = {}, options?: CallOptions) =>
    rest.get<DeploymentUpdate>(`deployment-updates/${enc(id)}`, query, options),
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<DeploymentUpdate>("deployment-updates", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<DeploymentUpdate>("deployment-updates", query, options),
  /** Moves a deployment to another blueprint or other inputs. `execution_id` is what does it. */
  start: (deploymentId: string, request: UpdateDeployment, options?: CallOptions) =>
    rest.post<DeploymentUpdate>(`deployment-updates/${enc(deploymentId)}/update/initiate`, {
      json: { ...UPDATE_DEFAULTS, ...request },
      ...options,
    }),
});

export const deploymentModifications = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) =>
    rest.get<DeploymentModification>(`deployment-modifications/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<DeploymentModification>("deployment-modifications", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<DeploymentModification>("deployment-modifications", query, options),
  /** @throws RestError `existing_started_deployment_modification_error` */
  start: (request: { deployment_id: string; nodes: JsonObject; context?: JsonObject }, options?: CallOptions) =>
    rest.post<DeploymentModification>("deployment-modifications", { json: request, ...options }),
  /** @throws RestError `deployment_modification_already_ended_error` */
  finish: (id: string, options?: CallOptions) =>
    rest.post<DeploymentModification>(`deployment-modifications/${enc(id)}/finish`, options),
  rollback: (id: string, options?: CallOptions) =>
    rest.post<DeploymentModification>(`deployment-modifications/${enc(id)}/rollback`, options),
});

export const interDeploymentDependencies = (rest: Rest) => ({
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<InterDeploymentDependency>("deployments/inter-deployment-dependencies", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<InterDeploymentDependency>("deployments/inter-deployment-dependencies", query, options),
});
