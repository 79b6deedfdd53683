import type { Event, Execution } from "../../src/api/resources.ts";

/** An execution of `install` on `d1`, as the API shows it. */
export function anExecution(over: Partial<Execution> = {}): Execution {
  return {
    id: "E1",
    visibility: "tenant",
    tenant_name: "default_tenant",
    created_by: "admin",
    created_at: "2026-01-01T00:00:00.000Z",
    private_resource: false,
    resource_availability: "tenant",
    workflow_id: "install",
    deployment_id: "d1",
    deployment_display_name: "d1",
    blueprint_id: "app",
    status: "started",
    status_display: "started",
    parameters: {},
    allow_custom_parameters: false,
    is_system_workflow: false,
    is_dry_run: false,
    resume: false,
    error: null,
    started_at: "2026-01-01T00:00:01.000Z",
    ended_at: null,
    scheduled_for: null,
    total_operations: 0,
    finished_operations: 0,
    ...over,
  };
}

let lastId = 0;

/** An event of execution E1. */
export function anEvent(over: Partial<Event> = {}): Event {
  return {
    _storage_id: ++lastId,
    type: "cloudify_event",
    timestamp: "2026-01-01T00:00:02.000Z",
    reported_timestamp: "2026-01-01T00:00:02.000Z",
    message: "Starting 'install' workflow execution",
    event_type: "workflow_started",
    operation: null,
    error_causes: null,
    blueprint_id: "app",
    deployment_id: "d1",
    deployment_display_name: "d1",
    execution_id: "E1",
    execution_group_id: null,
    workflow_id: "install",
    node_instance_id: null,
    node_name: null,
    source_id: null,
    target_id: null,
    manager_name: "manager-1",
    agent_name: null,
    ...over,
  };
}

export const page = (items: readonly unknown[]) => ({
  items,
  metadata: { pagination: { total: items.length, size: 100, offset: 0 } },
});
