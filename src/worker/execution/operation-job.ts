import type { Json, JsonObject } from "../../api/resources.ts";
import type { Evaluate } from "../../services/functions/execution-evaluator.ts";
import type { ExecutionRow, NodeInstanceRow, NodeRow, Repositories } from "../../storage/index.ts";
import type { OperationCall, Task } from "../../workflow/index.ts";
import type { InstanceView, OperationJob, RelationshipView } from "../operations/job.ts";

/** A deployment's workflows and outputs are many times as large. */
const DEPLOYMENT_FIELDS = ["display_name", "resource_tags", "blueprint_id"];

/** Reads all that one attempt of an operation needs. @throws Error the instance is gone, or a function cannot be evaluated */
export async function operationJob(
  read: Repositories,
  execution: ExecutionRow,
  { task, call, resume }: { task: Task; call: OperationCall; resume: boolean },
  evaluate: Evaluate,
): Promise<OperationJob> {
  const tenant = execution.tenant_name;
  const deploymentId = execution.deployment_id ?? "";
  const deployment = await read.deployments.get(tenant, deploymentId, DEPLOYMENT_FIELDS);
  const views = new InstanceViews(read, tenant, deploymentId, evaluate);
  const own = await views.of(call.nodeInstanceId);
  const related = call.related === null ? null : await views.of(call.related.nodeInstanceId);
  const context =
    call.related === null
      ? { self: call.nodeInstanceId }
      : call.related.isTarget
        ? { source: call.nodeInstanceId, target: call.related.nodeInstanceId }
        : { source: call.related.nodeInstanceId, target: call.nodeInstanceId };
  const plugin = await views.plugin(call.nodeId, call.plugin);
  return {
    taskId: task.id,
    executionId: execution.id,
    workflowId: execution.workflow_id,
    workflowParameters: execution.parameters,
    tenant,
    createdBy: execution.created_by,
    deployment: {
      id: deploymentId,
      displayName: deployment?.display_name ?? deploymentId,
      resourceTags: deployment?.resource_tags ?? {},
    },
    blueprintId: deployment?.blueprint_id ?? execution.blueprint_id ?? "",
    operation: { name: call.operation, retryNumber: task.currentRetries, maxRetries: task.totalRetries },
    functionPath: call.task,
    plugin,
    inputs: call.hasIntrinsicFunctions ? ((await evaluate(call.kwargs, context)) as JsonObject) : call.kwargs,
    subject:
      call.related === null || related === null
        ? { kind: "node-instance", ...own }
        : {
            kind: "relationship-instance",
            source: call.related.isTarget ? own : related,
            target: call.related.isTarget ? related : own,
            side: call.related.isTarget ? "source" : "target",
            type: call.related.relationship,
          },
    timeout: call.timeout,
    timeoutRecoverable: call.timeoutRecoverable ?? false,
    resume,
  };
}

/** Node instances with their nodes, as operations see them. */
class InstanceViews {
  readonly #read: Repositories;
  readonly #tenant: string;
  readonly #deploymentId: string;
  readonly #evaluate: Evaluate;
  readonly #nodes = new Map<string, NodeRow>();

  constructor(read: Repositories, tenant: string, deploymentId: string, evaluate: Evaluate) {
    this.#read = read;
    this.#tenant = tenant;
    this.#deploymentId = deploymentId;
    this.#evaluate = evaluate;
  }

  async of(instanceId: string): Promise<InstanceView> {
    const row = await this.#instance(instanceId);
    const node = await this.#node(row.node_id);
    return {
      ...(await this.#bare(row, node)),
      instance: { ...(await this.#own(row, node)), relationships: await this.#relationships(row, node) },
    };
  }

  async plugin(nodeId: string, name: string): Promise<OperationJob["plugin"]> {
    const { plugins } = await this.#node(nodeId);
    const declared = (plugins as JsonObject[]).find((each) => each["name"] === name) ?? {};
    return {
      name,
      packageName: textOrNull(declared["package_name"]),
      packageVersion: textOrNull(declared["package_version"]),
      properties: (declared["properties"] ?? {}) as JsonObject,
    };
  }

  async #relationships(row: NodeInstanceRow, node: NodeRow): Promise<RelationshipView[]> {
    const views: RelationshipView[] = [];
    for (const relationship of row.relationships) {
      const declared = node.relationships.find((each) => each["target_id"] === relationship["target_name"]);
      const target = await this.#instance(String(relationship["target_id"]));
      const targetNode = await this.#node(target.node_id);
      views.push({
        type: String(relationship["type"]),
        typeHierarchy: (declared?.["type_hierarchy"] ?? []) as string[],
        target: {
          ...(await this.#bare(target, targetNode)),
          instance: { ...(await this.#own(target, targetNode)), relationships: [] },
        },
      });
    }
    return views;
  }

  async #bare(row: NodeInstanceRow, node: NodeRow): Promise<Pick<InstanceView, "node">> {
    return {
      node: {
        id: node.id,
        type: node.type,
        typeHierarchy: node.type_hierarchy,
        properties: (await this.#evaluate(node.properties, { self: row.id })) as JsonObject,
        numberOfInstances: node.number_of_instances,
      },
    };
  }

  async #own(row: NodeInstanceRow, node: NodeRow): Promise<Omit<InstanceView["instance"], "relationships">> {
    return {
      id: row.id,
      index: row.index,
      hostId: row.host_id,
      hostIp: await this.#hostIp(row, node),
      runtimeProperties: row.runtime_properties,
      systemProperties: row.system_properties,
      scalingGroups: row.scaling_groups,
      version: row.version,
    };
  }

  /** The address of the host: what it learned at run time, else what its blueprint says. */
  async #hostIp(row: NodeInstanceRow, node: NodeRow): Promise<string | null> {
    if (row.host_id === null) return null;
    const host = row.host_id === row.id ? row : await this.#read.nodeInstances.get(this.#tenant, row.host_id);
    if (host === undefined) return null;
    const hostNode = host.node_id === node.id ? node : await this.#node(host.node_id);
    return textOrNull(host.runtime_properties["ip"]) ?? textOrNull(hostNode.properties["ip"]);
  }

  async #instance(id: string): Promise<NodeInstanceRow> {
    const row = await this.#read.nodeInstances.get(this.#tenant, id);
    if (row === undefined) throw new Error(`Node instance ${id} does not exist any more`);
    return row;
  }

  async #node(id: string): Promise<NodeRow> {
    const row = this.#nodes.get(id) ?? (await this.#read.nodes.get(this.#tenant, this.#deploymentId, id));
    if (row === undefined) throw new Error(`Node ${id} does not exist any more`);
    this.#nodes.set(id, row);
    return row;
  }
}

const textOrNull = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
