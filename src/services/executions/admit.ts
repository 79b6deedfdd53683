import { Refusal } from "../refusal.ts";

/** As much of an execution as a refusal tells about it. */
export interface RunningExecution {
  id: string;
  tenant_name: string;
  status: string;
  workflow_id: string;
}

export interface Admission {
  force: boolean;
  queue: boolean;
  /** Executions of the deployment that a worker has or is about to get, and those queued before this one. */
  ahead: readonly RunningExecution[];
  /** A workflow of the whole manager, such as a snapshot, runs or waits: everything else waits for it, forced or not. */
  systemWorkflowAhead: boolean;
}

/**
 * Whether an execution may run now or must wait.
 * @throws existing_running_execution_error when something is ahead of it and the caller wanted neither to wait nor to force
 */
export function admit({ force, queue, ahead, systemWorkflowAhead }: Admission): "pending" | "queued" {
  if (systemWorkflowAhead) return "queued";
  if (ahead.length === 0 || force) return "pending";
  if (queue) return "queued";
  throw new Refusal(
    "existing_running_execution_error",
    `The following executions are currently running for this deployment: [${ahead.map(describeExecution).join(", ")}]. ` +
      'To execute this workflow anyway, pass "force=true" as a query parameter to this request',
  );
}

/** An execution as a refusal names it. */
export const describeExecution = ({ id, tenant_name, status, workflow_id }: RunningExecution): string =>
  `<Execution id=\`${id}\` tenant=\`${tenant_name}\` status=\`${status}\` workflow_id=\`${workflow_id}\`>`;
