import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Json, JsonObject } from "../../api/resources.ts";
import { isFinal } from "../../api/statuses.ts";
import type { Task } from "../../workflow/index.ts";
import { type ExecutionEnd, failedBecause, toldByItself } from "../execution/execution-end.ts";
import { importPaths } from "../execution/import-paths.ts";
import type { WorkflowParts } from "../execution/workflow.ts";
import type { LogLevel } from "../operations/job.ts";
import { followPrints } from "../operations/python-operation.ts";
import type { PluginEnvironment } from "../plugins/current-environment.ts";
import { type Message, MessageChannel } from "../processes/message-channel.ts";
import { endGroup } from "../processes/process-group.ts";
import { startProgram } from "../processes/start-program.ts";
import { DispatchDirectory, dispatchEnvironment } from "./dispatch-directory.ts";
import { outcomeMessage } from "./known-error.ts";
import type { Access } from "./rest-access.ts";

/**
 * Runs a workflow by the cloudify-common framework of its plugin's environment. The framework tells the server over
 * HTTP how it goes; its operations come back here, and run like those of any other workflow.
 */
export async function runFrameworkWorkflow(
  parts: WorkflowParts,
  functionPath: string,
  plugin: PluginEnvironment & { declared: JsonObject },
): Promise<ExecutionEnd> {
  const { surroundings, execution, control, rows } = parts;
  const { home } = surroundings;
  const [tenant, deployment] = [execution.tenant_name, execution.deployment_id ?? ""];
  const workDirectory = home.deployment(tenant, deployment);
  const temporary = home.temporary(tenant, deployment);
  const blueprint = home.blueprint(tenant, execution.blueprint_id ?? "");
  for (const path of [workDirectory, temporary]) await mkdir(path, { recursive: true, mode: 0o700 });
  const access = await surroundings.rest.of(execution.id);
  const context = await workflowContext(parts, functionPath, plugin.declared, access);
  const directory = await DispatchDirectory.make(temporary, { context, kwargs: execution.parameters });
  const options = {
    ...surroundings,
    programs: dirname(plugin.python),
    importPaths: await importPaths([workDirectory, blueprint, join(blueprint, "plugins")]),
    temporary,
    files: home.server.files,
  };
  const group = await startProgram({
    command: plugin.python,
    args: ["-u", join(surroundings.framework, "launcher/launch_workflow.py"), directory.path],
    cwd: workDirectory,
    env: dispatchEnvironment(options, directory, access),
    channel: true,
  });
  const channel = new MessageChannel(group.channel, (message) => void answer(parts, message, channel));
  const log = (level: LogLevel, text: string) => surroundings.journal.remark(rows.log(level, text));
  followPrints(group, { log }, "debug");
  const unfollow = control.follow(
    (request) => void (request === "cancelling" ? undefined : endGroup(group.pid, surroundings.clock)),
  );
  try {
    const { code, signal } = await group.exited;
    const row = await surroundings.database.read.executions.get(execution.id);
    if (row === undefined || isFinal(row.status)) return toldByItself;
    return failedBecause(`The workflow's process ended without a word (${signal ?? `exit code ${code}`})`);
  } finally {
    unfollow();
    await endGroup(group.pid, surroundings.clock);
    await directory.remove();
  }
}

/** Runs the operation that the framework would have sent to a queue, and tells it what came of it. */
async function answer({ tasks }: WorkflowParts, message: Message, channel: MessageChannel): Promise<void> {
  const outcome = await tasks.run(taskOf(message), { resume: message["resume"] === true });
  channel.send({ reply: message["id"], outcome: outcomeMessage(outcome) });
}

function taskOf(message: Message): Task {
  const context = object(message["operation"]);
  const retries = object(message["retries"]);
  const [operation, related] = [object(context["operation"]), context["related"]];
  const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
  return {
    id: text(message["id"]),
    name: text(context["task_name"]),
    work: {
      type: "RemoteWorkflowTask",
      call: {
        operation: text(operation["name"]),
        task: text(context["task_name"]),
        plugin: text(object(context["plugin"])["name"]),
        executor: text(context["executor"]),
        nodeInstanceId: text(context["node_id"]),
        nodeId: text(context["node_name"]),
        hostId: text(context["host_id"]) || null,
        related: related ? relatedOf(object(related)) : null,
        kwargs: object(message["kwargs"]),
        hasIntrinsicFunctions: context["has_intrinsic_functions"] === true,
        timeout: typeof context["timeout"] === "number" ? context["timeout"] : null,
        timeoutRecoverable: typeof context["timeout_recoverable"] === "boolean" ? context["timeout_recoverable"] : null,
      },
    },
    state: "sent",
    dependencies: [],
    subgraph: null,
    currentRetries: Number(retries["current"] ?? 0),
    totalRetries: Number(retries["total"] ?? 0),
    retryInterval: 0,
    retriedTask: null,
    executeAfter: null,
    sendTaskEvents: true,
    onSuccess: "continue",
    onFailure: "retry",
    record: null,
    info: null,
    failure: null,
  };
}

const relatedOf = (related: JsonObject) => ({
  nodeInstanceId: String(related["node_id"]),
  nodeId: String(related["node_name"]),
  isTarget: related["is_target"] === true,
  relationship: "",
});

async function workflowContext(
  { execution, surroundings }: WorkflowParts,
  functionPath: string,
  plugin: JsonObject,
  { port, token }: Access,
): Promise<JsonObject> {
  const { tenant_name: tenant, deployment_id: deploymentId } = execution;
  const deployment = await surroundings.database.read.deployments.get(tenant, deploymentId ?? "");
  return {
    type: "workflow",
    task_id: execution.id,
    task_name: functionPath,
    task_target: "cloudify.management",
    execution_id: execution.id,
    workflow_id: execution.workflow_id,
    workflow_parameters: execution.parameters,
    dry_run: execution.is_dry_run,
    is_system_workflow: false,
    execution_creator_username: execution.created_by,
    tenant: { name: tenant },
    resume: execution.resume,
    wait_after_fail: execution.wait_after_fail,
    bypass_maintenance: false,
    rest_host: ["127.0.0.1"],
    rest_port: port,
    rest_token: token,
    execution_token: token,
    deployment_id: deploymentId,
    deployment_display_name: deployment?.display_name ?? deploymentId,
    deployment_creator: deployment?.created_by ?? null,
    deployment_resource_tags: deployment?.resource_tags ?? {},
    blueprint_id: execution.blueprint_id,
    runtime_only_evaluation: deployment?.runtime_only_evaluation ?? false,
    plugin: {
      name: plugin["name"] ?? null,
      package_name: plugin["package_name"] ?? null,
      package_version: plugin["package_version"] ?? null,
      properties: plugin["properties"] ?? {},
      source: plugin["source"] ?? null,
      visibility: "tenant",
      tenant_name: tenant,
    },
  };
}

const object = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
