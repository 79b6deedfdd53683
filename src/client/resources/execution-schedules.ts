import type { ExecutionSchedule } from "../../api/groups.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

/** When it runs: an `rrule`, or `recurrence` with what bounds it. */
export interface Recurrence {
  since?: string | null;
  until?: string | null;
  /** As `2 hours`, `1 week`. */
  recurrence?: string | null;
  count?: number | null;
  weekdays?: string[] | null;
  rrule?: string | null;
}

export interface CreateSchedule extends Recurrence {
  workflow_id: string;
  since: string;
  parameters?: JsonObject;
  execution_arguments?: ScheduledExecution;
  /** Minutes that a start may come late. */
  slip?: number;
  stop_on_fail?: boolean;
  enabled?: boolean;
}

export interface ScheduledExecution {
  allow_custom_parameters?: boolean;
  force?: boolean;
  dry_run?: boolean;
  /** Seconds. */
  wait_after_fail?: number;
}

export interface ScheduleChange extends Recurrence {
  workflow_id?: string | null;
  slip?: number | null;
  stop_on_fail?: boolean | null;
  enabled?: boolean | null;
}

const CREATE_DEFAULTS = {
  until: null,
  recurrence: null,
  count: null,
  weekdays: [],
  rrule: null,
  slip: 0,
  stop_on_fail: false,
  enabled: true,
  parameters: {},
};

const NO_CHANGE: ScheduleChange = {
  since: null,
  until: null,
  recurrence: null,
  count: null,
  weekdays: null,
  rrule: null,
  slip: null,
  enabled: null,
  stop_on_fail: null,
  workflow_id: null,
};

/** A schedule has its id within a deployment. */
export const executionSchedules = (rest: Rest) => ({
  get: (id: string, deployment_id: string, options?: CallOptions) =>
    rest.get<ExecutionSchedule>(`execution-schedules/${enc(id)}`, { deployment_id }, options),
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<ExecutionSchedule>("execution-schedules", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<ExecutionSchedule>("execution-schedules", query, options),
  create: (id: string, deployment_id: string, request: CreateSchedule, options?: CallOptions) => {
    const execution = { allow_custom_parameters: false, force: false, dry_run: false, wait_after_fail: 600 };
    const json = {
      ...CREATE_DEFAULTS,
      ...request,
      execution_arguments: { ...execution, ...request.execution_arguments },
    };
    return rest.put<ExecutionSchedule>(`execution-schedules/${enc(id)}`, {
      query: { deployment_id },
      json,
      ...options,
    });
  },
  update: (id: string, deployment_id: string, change: ScheduleChange, options?: CallOptions) =>
    rest.patch<ExecutionSchedule>(`execution-schedules/${enc(id)}`, {
      query: { deployment_id },
      json: { ...NO_CHANGE, ...change },
      ...options,
    }),
  delete: (id: string, deployment_id: string, options?: CallOptions) =>
    rest.delete(`execution-schedules/${enc(id)}`, { query: { deployment_id }, ...options }),
});
