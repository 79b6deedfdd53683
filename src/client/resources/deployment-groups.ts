import type { DeploymentGroup } from "../../api/groups.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { FilterRule } from "../../api/selection.ts";
import type { Visibility } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";
import type { DeleteDeployment } from "./deployments.ts";

export interface NewDeployment {
  id?: string;
  display_name?: string;
  inputs?: JsonObject;
  labels?: Record<string, string>[];
  site_name?: string;
}

/** Which deployments: by id, new ones, by filter, or those of another group. */
export interface GroupMembers {
  deployment_ids?: string[] | null;
  new_deployments?: NewDeployment[] | null;
  filter_id?: string | null;
  filter_rules?: FilterRule[];
  deployments_from_group?: string | null;
}

export interface PutDeploymentGroup extends GroupMembers {
  visibility?: Visibility;
  description?: string | null;
  blueprint_id?: string | null;
  default_inputs?: JsonObject | null;
  labels?: Record<string, string>[] | null;
}

export const deploymentGroups = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<DeploymentGroup>(`deployment-groups/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<DeploymentGroup>("deployment-groups", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<DeploymentGroup>("deployment-groups", query, options),
  /** Creates a group, or changes what is given of one that exists. */
  put: (id: string, request: PutDeploymentGroup, options?: CallOptions) => {
    const members = { filter_id: null, deployment_ids: null, new_deployments: null, deployments_from_group: null };
    const defaults = {
      visibility: "tenant",
      description: null,
      blueprint_id: null,
      default_inputs: null,
      labels: null,
    };
    const json = { ...defaults, ...members, ...request };
    return rest.put<DeploymentGroup>(`deployment-groups/${enc(id)}`, { json, ...options });
  },
  update: (id: string, change: { add?: GroupMembers; remove?: GroupMembers }, options?: CallOptions) =>
    rest.patch<DeploymentGroup>(`deployment-groups/${enc(id)}`, { json: change, ...options }),
  /** With `delete_deployments`, resolves to the group of executions that delete them. */
  delete: (
    id: string,
    request: DeleteDeployment & { delete_deployments?: boolean } = {},
    options?: CallOptions,
  ): Promise<{ execution_group_id?: string } | undefined> =>
    rest.delete(`deployment-groups/${enc(id)}`, {
      query: { delete_deployments: false, force: false, delete_logs: false, recursive: false, ...request },
      ...options,
    }),
});
