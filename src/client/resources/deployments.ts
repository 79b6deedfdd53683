import type { ListQuery, Page } from "../../api/paging.ts";
import type { Deployment, JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface DeploymentQuery extends ListQuery {
  blueprint_id?: string | string[];
  _search_name?: string;
  _filter_id?: string;
  _group_id?: string;
  _dependencies_of?: string;
  _environments_only?: boolean;
  /** Without it a list leaves out what is long: workflows, for one. */
  _get_data?: boolean;
}

export interface CreateDeployment {
  blueprint_id: string;
  inputs?: JsonObject;
  visibility?: Visibility;
  display_name?: string;
  site_name?: string;
  labels?: Record<string, string>[];
  skip_plugins_validation?: boolean;
  runtime_only_evaluation?: boolean;
}

export interface DeleteDeployment {
  force?: boolean;
  delete_logs?: boolean;
  recursive?: boolean;
}

export const deployments = (rest: Rest) => ({
  /** One deployment, workflows expanded. @throws RestError `not_found_error` */
  get: (id: string, query?: DeploymentGetQuery, options?: CallOptions) =>
    rest.get<Deployment>(
      `deployments/${enc(id)}`,
      { all_sub_deployments: true, include_workdir: false, ...query },
      options,
    ),
  page: (query: DeploymentQuery = {}, options?: CallOptions): Promise<Page<Deployment>> =>
    rest.page<Deployment>("deployments", query, options),
  list: (query: DeploymentQuery = {}, options?: CallOptions) => rest.pages<Deployment>("deployments", query, options),
  /**
   * Creates a deployment. The answer comes when its environment is there, or at once with `async`.
   * @throws RestError `missing_required_deployment_input_error`, `unknown_deployment_input_error`,
   *   `constraint_error`, `deployment_creation_error`, `conflict_error`, `not_found_error` (no such blueprint)
   */
  create: (id: string, request: CreateDeployment, options: CallOptions & { async?: boolean } = {}) =>
    rest.put<Deployment>(`deployments/${enc(id)}`, {
      query: options.async ? { async_create: true } : {},
      json: toWire(id, request),
      signal: options.signal,
    }),
  /** Replaces labels, display name and the like. */
  update: (id: string, change: Record<string, unknown>, options?: CallOptions) =>
    rest.patch<Deployment>(`deployments/${enc(id)}`, { json: change, ...options }),
  /**
   * Asks for the deletion, which an execution of `delete_deployment_environment` then does.
   * @throws RestError `dependent_exists_error` something still runs, lives in it or depends on it
   */
  delete: (id: string, request: DeleteDeployment = {}, options?: CallOptions) =>
    rest.delete(`deployments/${enc(id)}`, {
      query: { force: false, delete_logs: false, recursive: false, ...request },
      ...options,
    }),
  outputs: (id: string, options?: CallOptions) =>
    rest.get<{ deployment_id: string; outputs: JsonObject }>(`deployments/${enc(id)}/outputs`, {}, options),
  capabilities: (id: string, options?: CallOptions) =>
    rest.get<{ deployment_id: string; capabilities: JsonObject }>(`deployments/${enc(id)}/capabilities`, {}, options),
  setVisibility: (id: string, visibility: Visibility, options?: CallOptions) =>
    rest.patch<Deployment>(`deployments/${enc(id)}/set-visibility`, { json: { visibility }, ...options }),
  /** Without a name the deployment leaves its site. */
  setSite: (id: string, siteName: string | undefined, options?: CallOptions) =>
    rest.post<Deployment>(`deployments/${enc(id)}/set-site`, {
      json: siteName === undefined ? { detach_site: true } : { detach_site: false, site_name: siteName },
      ...options,
    }),
});

export interface DeploymentGetQuery {
  _include?: string[];
  all_sub_deployments?: boolean;
  include_workdir?: boolean;
  [key: string]: boolean | string[] | undefined;
}

function toWire(id: string, request: CreateDeployment): Record<string, unknown> {
  const { blueprint_id, visibility = "tenant", inputs = {}, site_name, labels, display_name = id } = request;
  return {
    blueprint_id,
    visibility,
    inputs,
    site_name,
    labels,
    display_name,
    skip_plugins_validation: request.skip_plugins_validation ?? false,
    runtime_only_evaluation: request.runtime_only_evaluation ?? false,
  };
}
