import type { ExecutionGroup } from "../../api/groups.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { ExecutionAction } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest, WaitOptions } from "../rest.ts";

export interface StartExecutionGroup {
  deployment_group_id: string;
  workflow_id: string;
  /** By the id of the deployment. */
  parameters?: Record<string, JsonObject> | null;
  default_parameters?: JsonObject;
  force?: boolean;
  /** How many executions may run at a time. */
  concurrency?: number;
}

export const executionGroups = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<ExecutionGroup>(`execution-groups/${enc(id)}`, {}, options),
  poll: (id: string, options: WaitOptions) => rest.poll<ExecutionGroup>(`execution-groups/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<ExecutionGroup>("execution-groups", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<ExecutionGroup>("execution-groups", query, options),
  /** Starts a workflow on every deployment of a group. */
  start: (request: StartExecutionGroup, options?: CallOptions) => {
    const defaults = { force: false, parameters: null, default_parameters: {}, concurrency: 5 };
    return rest.post<ExecutionGroup>("execution-groups", { json: { ...defaults, ...request }, ...options });
  },
  act: (id: string, action: Exclude<ExecutionAction, "requeue">, options?: CallOptions) =>
    rest.post<ExecutionGroup>(`execution-groups/${enc(id)}`, { json: { action }, ...options }),
  update: (
    id: string,
    change: { success_group_id?: string | null; failure_group_id?: string | null; concurrency?: number },
    options?: CallOptions,
  ) => rest.patch<ExecutionGroup>(`execution-groups/${enc(id)}`, { json: change, ...options }),
});
