import type { Json, JsonObject } from "../../api/resources.ts";
import type { InstanceView, LogLevel, OperationHost, OperationJob } from "../operations/job.ts";
import { downloadResource } from "./download-resource.ts";
import { InstanceProperties } from "./instance-properties.ts";
import type { OperationEnd } from "./operation-end.ts";
import { Call, type ContextTree, Properties } from "./walk.ts";

const LEVELS: LogLevel[] = ["debug", "info", "warning", "error", "critical"];

/** The context that the `ctx` command of a script walks, and the instances whose properties it may have changed. */
export function contextTree(job: OperationJob, host: OperationHost, end: OperationEnd, temporary: string) {
  const changed: InstanceProperties[] = [];
  const endpoint = (view: InstanceView): ContextTree => {
    const properties = new InstanceProperties(view.instance, host);
    changed.push(properties);
    return { node: nodeTree(view), instance: instanceTree(view, properties) };
  };
  const download = (render: boolean) =>
    new Call(async ([path, target, variables], named) => {
      const resource = text(path ?? named["resource_path"], "the path of a resource");
      const targetPath = target ?? named["target_path"] ?? null;
      const given = (variables ?? named["template_variables"] ?? {}) as JsonObject;
      const written = await downloadResource(host, resource, {
        target: targetPath === null ? null : text(targetPath, "the target path"),
        temporary,
        template: render ? { job, variables: given } : null,
      });
      host.log("info", `Downloaded ${resource} to ${written}`);
      return written;
    });
  const tree: ContextTree = {
    ...subjectTree(job, endpoint),
    operation: {
      name: job.operation.name,
      retry_number: job.operation.retryNumber,
      max_retries: job.operation.maxRetries,
      relationship: job.subject.kind === "relationship-instance" ? job.subject.side : null,
      retry: new Call(([message, after], named) =>
        end.retry(message ?? named["message"], after ?? named["retry_after"]),
      ),
    },
    deployment: {
      id: job.deployment.id,
      display_name: job.deployment.displayName,
      resource_tags: job.deployment.resourceTags,
    },
    blueprint: { id: job.blueprintId },
    plugin: {
      name: job.plugin.name,
      package_name: job.plugin.packageName,
      package_version: job.plugin.packageVersion,
      properties: new Properties(job.plugin.properties, { writable: false }),
    },
    tenant: { name: job.tenant },
    tenant_name: job.tenant,
    execution_id: job.executionId,
    execution_creator_username: job.createdBy,
    workflow_id: job.workflowId,
    workflow_parameters: new Properties(job.workflowParameters, { writable: false }),
    task_id: job.taskId,
    task_name: job.functionPath,
    type: job.subject.kind,
    resume: job.resume,
    dry_run: false,
    local: false,
    capabilities: { get_all: new Call(() => capabilitiesOf(job)) },
    logger: Object.fromEntries(LEVELS.map((level) => [level, saying((message) => host.log(level, message))])),
    send_event: saying((message) => host.event(message)),
    returns: new Call(([value]) => end.returns(value ?? null)),
    abort_operation: new Call(([message], named) => end.abort(message ?? named["message"])),
    retry_operation: new Call(([message, after], named) =>
      end.retry(message ?? named["message"], after ?? named["retry_after"]),
    ),
    download_resource: download(false),
    download_resource_and_render: download(true),
  };
  return {
    tree,
    /** Stores what the script changed. */
    save: async () => {
      for (const properties of changed) await properties.save();
    },
  };
}

function subjectTree({ subject }: OperationJob, endpoint: (view: InstanceView) => ContextTree): ContextTree {
  switch (subject.kind) {
    case "node-instance":
      return endpoint(subject);
    case "relationship-instance":
      return { source: endpoint(subject.source), target: endpoint(subject.target) };
    case "deployment":
      return {};
  }
}

/** What the instances that this one has relationships to have left, by their ids. */
const capabilitiesOf = ({ subject }: OperationJob): JsonObject =>
  subject.kind === "node-instance"
    ? Object.fromEntries(
        subject.instance.relationships.map(({ target: { instance } }) => [instance.id, instance.runtimeProperties]),
      )
    : {};

const nodeTree = ({ node }: InstanceView): ContextTree => ({
  id: node.id,
  name: node.id,
  type: node.type,
  type_hierarchy: node.typeHierarchy,
  properties: new Properties(node.properties, { writable: false }),
  number_of_instances: node.numberOfInstances,
});

const instanceTree = ({ instance }: InstanceView, properties: InstanceProperties): ContextTree => ({
  id: instance.id,
  index: instance.index,
  host_ip: instance.hostIp,
  scaling_groups: instance.scalingGroups,
  system_properties: new Properties(instance.systemProperties, { writable: false }),
  runtime_properties: new Properties(properties.current, { writable: true }),
  update: new Call(() => properties.save().then(() => null)),
  refresh: new Call(() => properties.refresh().then(() => null)),
});

/** A call with one text, which has no result. */
const saying = (say: (message: string) => void): Call =>
  new Call(([message]) => {
    say(shown(message));
    return null;
  });

const shown = (message: Json | undefined): string =>
  typeof message === "string" ? message : JSON.stringify(message ?? null);

function text(value: Json | undefined, what: string): string {
  if (typeof value !== "string") throw new Error(`${what} is missing`);
  return value;
}
