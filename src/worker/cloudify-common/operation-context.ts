import type { JsonObject } from "../../api/resources.ts";
import type { OperationJob } from "../operations/job.ts";
import type { Access } from "./rest-access.ts";

/** The context of an operation, as the framework's own workers hand it over. */
export function operationContext(job: OperationJob, { port, token }: Access): JsonObject {
  const { subject } = job;
  return {
    __cloudify_context: "0.3",
    type: "operation",
    task_id: job.taskId,
    task_name: job.functionPath,
    // Anything but null says that the operation runs apart from its workflow.
    task_target: "cloudify.management",
    task_queue: "cloudify.management",
    execution_id: job.executionId,
    workflow_id: job.workflowId,
    workflow_parameters: job.workflowParameters,
    execution_creator_username: job.createdBy,
    tenant: { name: job.tenant },
    deployment_id: job.deployment.id,
    deployment_display_name: job.deployment.displayName,
    deployment_resource_tags: job.deployment.resourceTags,
    blueprint_id: job.blueprintId,
    plugin: {
      name: job.plugin.name,
      package_name: job.plugin.packageName,
      package_version: job.plugin.packageVersion,
      properties: job.plugin.properties,
    },
    operation: {
      name: job.operation.name,
      retry_number: job.operation.retryNumber,
      max_retries: job.operation.maxRetries,
      ...(subject.kind === "relationship-instance" ? { relationship: subject.side } : {}),
    },
    ...subjectFields(job),
    // They are evaluated before: the worker knows how.
    has_intrinsic_functions: false,
    timeout: job.timeout,
    timeout_recoverable: job.timeoutRecoverable,
    resume: job.resume,
    local: false,
    bypass_maintenance: false,
    rest_host: ["127.0.0.1"],
    rest_port: port,
    rest_token: token,
    execution_token: token,
  };
}

function subjectFields({ subject }: OperationJob): JsonObject {
  if (subject.kind === "deployment") return {};
  if (subject.kind === "node-instance")
    return { node_id: subject.instance.id, node_name: subject.node.id, host_id: subject.instance.hostId };
  const isSource = subject.side === "source";
  const [own, other] = isSource ? [subject.source, subject.target] : [subject.target, subject.source];
  return {
    node_id: own.instance.id,
    node_name: own.node.id,
    host_id: own.instance.hostId,
    related: { node_id: other.instance.id, node_name: other.node.id, is_target: isSource },
  };
}
