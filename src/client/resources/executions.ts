import type { ListQuery, Page } from "../../api/paging.ts";
import type { Execution, JsonObject } from "../../api/resources.ts";
import type { ExecutionAction, ExecutionStatus } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest, WaitOptions } from "../rest.ts";

export interface ExecutionQuery extends ListQuery {
  deployment_id?: string | string[];
  workflow_id?: string | string[];
  status?: ExecutionStatus | ExecutionStatus[];
  _include_system_workflows?: boolean;
  /** Only those of an execution group. */
  _group_id?: string;
}

export interface StartExecution {
  deployment_id: string;
  workflow_id: string;
  parameters?: JsonObject | null;
  allow_custom_parameters?: boolean;
  force?: boolean;
  dry_run?: boolean;
  queue?: boolean;
  /** `YYYYMMDDHHMM±HHMM`. Makes a schedule; the answer is then an execution without an id. */
  scheduled_time?: string | null;
  /** Seconds to go on after a task has failed, so that running ones can end. */
  wait_after_fail?: number;
}

export interface DeleteExecutions {
  keep_last?: number;
  to_datetime?: string;
}

export const executions = (rest: Rest) => ({
  /** One execution. @throws RestError `not_found_error` */
  get: (id: string, query?: { _include?: string[] }, options?: CallOptions) =>
    rest.get<Execution>(`executions/${enc(id)}`, query, options),
  /** The same, but the server may hold the answer until the execution changes. */
  poll: (id: string, query: { _include?: string[] }, options: WaitOptions) =>
    rest.poll<Execution>(`executions/${enc(id)}`, query, options),
  page: (query: ExecutionQuery = {}, options?: CallOptions): Promise<Page<Execution>> =>
    rest.page<Execution>("executions", query, options),
  list: (query: ExecutionQuery = {}, options?: CallOptions) => rest.pages<Execution>("executions", query, options),
  /**
   * Starts a workflow. Sent once: a lost answer is an error, and the execution may run all the same.
   * @throws RestError `existing_running_execution_error`, `nonexistent_workflow_error`,
   *   `unavailable_workflow_error`, `illegal_execution_parameters_error`
   */
  start: (request: StartExecution, options?: CallOptions) =>
    rest.post<Execution>("executions", { json: toWire(request), ...options }),
  /** Cancels or resumes. @throws RestError `illegal_action_error`, `conflict_error` the status does not allow it */
  act: (id: string, action: ExecutionAction, options?: CallOptions) =>
    rest.post<Execution>(`executions/${enc(id)}`, { json: { action }, ...options }),
  updateStatus: (id: string, change: { status: ExecutionStatus; error?: string }, options?: CallOptions) =>
    rest.patch<Execution>(`executions/${enc(id)}`, { json: change, ...options }),
  /** Forgets ended executions. Resolves to how many. */
  deleteMany: async (which: DeleteExecutions, query: ExecutionQuery = {}, options?: CallOptions): Promise<number> => {
    const { items } = await rest.delete<Page<{ count: number }>>("executions", { query, json: which, ...options });
    return items[0]?.count ?? 0;
  },
});

/** Booleans travel as texts, and what is not asked for as null. */
function toWire(request: StartExecution): Record<string, unknown> {
  return {
    deployment_id: request.deployment_id,
    workflow_id: request.workflow_id,
    parameters: request.parameters === undefined ? {} : request.parameters,
    allow_custom_parameters: String(request.allow_custom_parameters ?? false),
    force: String(request.force ?? false),
    dry_run: String(request.dry_run ?? false),
    queue: String(request.queue ?? false),
    scheduled_time: request.scheduled_time ?? null,
    wait_after_fail: request.wait_after_fail ?? 600,
    force_status: null,
    created_by: null,
    created_at: null,
    started_at: null,
    ended_at: null,
    id: null,
    is_system_workflow: null,
    error: null,
  };
}
