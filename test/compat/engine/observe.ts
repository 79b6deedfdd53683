import type { ExecutionRecord, ShownEvent, ShownOperation } from "./case.ts";
import type { Names } from "./names.ts";
import type { Rest } from "./rest.ts";

type Row = Record<string, unknown>;
const record = (value: unknown): Row => (value !== null && typeof value === "object" ? (value as Row) : {});

/** What the server shows of a run, in the form and with the names of the recorded cases. */
export class Observer {
  constructor(
    private readonly rest: Rest,
    private readonly names: Names,
  ) {}

  async execution(id: string): Promise<ExecutionRecord> {
    const shown = await this.rest.need(this.rest.get(`executions/${id}`));
    if (typeof shown.deployment_id === "string") await this.nodeInstances(shown.deployment_id);
    return {
      execution: this.names.document(record(shown)),
      events: await this.events({ execution_id: id }),
      operations: await this.operations(id),
    };
  }

  async events(query: Record<string, string>): Promise<ShownEvent[]> {
    const answer = await this.rest.need(this.rest.get("events", { ...query, _sort: "timestamp", _size: 10000 }));
    return (answer.items ?? []).map((event) => ({
      type: String(event.type),
      ...(event.event_type ? { event_type: String(event.event_type) } : {}),
      ...(event.level ? { level: String(event.level) } : {}),
      node: this.name(event.node_instance_id),
      source: this.name(event.source_id),
      target: this.name(event.target_id),
      operation: event.operation === null ? null : String(event.operation),
      message: this.names.text(String(event.message)),
      error_causes: ((event.error_causes as Row[] | null) ?? []).map((cause) => ({
        type: String(cause.type),
        message: this.names.text(String(cause.message)),
      })),
    }));
  }

  /** Names new instances on the way, in the order of their index. */
  async nodeInstances(deploymentId: string): Promise<Record<string, Row>> {
    const answer = await this.rest.need(
      this.rest.get("node-instances", { deployment_id: deploymentId, _size: 10000, _sort: "index" }),
    );
    const instances = [...(answer.items ?? [])].sort((a, b) => Number(a.index) - Number(b.index));
    const deployment = this.names.text(deploymentId);
    const prefix = deployment === "D1" ? "" : `${deployment}/`;
    for (const instance of instances) this.names.nameInstance(String(instance.id), String(instance.node_id), prefix);
    return Object.fromEntries(
      instances.map((instance) => [
        this.names.text(String(instance.id)),
        this.names.document({
          state: instance.state,
          runtime_properties: instance.runtime_properties,
          system_properties: instance.system_properties,
          index: instance.index,
          relationships: (instance.relationships as Row[]).length,
          related_to: (instance.relationships as Row[]).map((relationship) => [
            relationship.type,
            relationship.target_id,
          ]),
          scaling_groups: (instance.scaling_groups as Row[] | null)?.map((group) => group.name) ?? [],
          host: instance.host_id,
          has_configuration_drift: instance.has_configuration_drift,
          is_status_check_ok: instance.is_status_check_ok,
        }) as Row,
      ]),
    );
  }

  async deployment(deploymentId: string): Promise<Row> {
    const shown = await this.rest.need(this.rest.get(`deployments/${deploymentId}`));
    const outputs = await this.rest.get(`deployments/${deploymentId}/outputs`);
    const capabilities = await this.rest.get(`deployments/${deploymentId}/capabilities`);
    return this.names.document({
      installation_status: shown.installation_status,
      deployment_status: shown.deployment_status,
      latest_execution_status: shown.latest_execution_status,
      drifted_instances: shown.drifted_instances,
      unavailable_instances: shown.unavailable_instances,
      outputs: outputs.status === 200 ? outputs.body.outputs : { error: outputs.body.error_code },
      capabilities:
        capabilities.status === 200 ? capabilities.body.capabilities : { error: capabilities.body.error_code },
    }) as Row;
  }

  async update(deploymentId: string): Promise<{ state: unknown; steps: Row[] }> {
    const answer = await this.rest.need(
      this.rest.get("deployment-updates", { deployment_id: deploymentId, _sort: "-created_at", _size: 1 }),
    );
    const [latest = {}] = answer.items ?? [];
    return { state: latest.state, steps: (latest.steps ?? []) as Row[] };
  }

  async nodes(deploymentId: string): Promise<Row> {
    const answer = await this.rest.need(this.rest.get("nodes", { deployment_id: deploymentId, _size: 10000 }));
    return Object.fromEntries(
      (answer.items ?? []).map((node) => [
        String(node.id),
        {
          number_of_instances: node.number_of_instances,
          planned: node.planned_number_of_instances,
          properties: this.names.document(node.properties),
        },
      ]),
    );
  }

  private async operations(executionId: string): Promise<ShownOperation[]> {
    const graphs = await this.rest.need(this.rest.get("tasks_graphs", { execution_id: executionId }));
    const names = new Map((graphs.items ?? []).map((graph) => [graph.id, this.names.text(String(graph.name))]));
    const answer = await this.rest.need(this.rest.get("operations", { execution_id: executionId, _size: 100000 }));
    const rows = answer.items ?? [];
    const numbers = new Map(rows.map((row, n) => [row.id, n]));
    const number = (id: unknown): number[] => {
      const n = numbers.get(id);
      return n === undefined ? [] : [n];
    };
    return rows.map((row, n) => {
      const parameters = record(row.parameters);
      const details = taskDetails(record(parameters.task_kwargs));
      return this.names.document({
        n,
        graph: names.get(row.tasks_graph_id) ?? "?",
        type: String(row.type),
        name: String(row.name),
        state: String(row.state),
        ...details,
        subgraph: number(parameters.containing_subgraph)[0],
        retry_of: number(parameters.retried_task)[0],
        current_retries: Number(parameters.current_retries ?? 0),
        after: (row.dependencies as string[]).flatMap(number),
      });
    });
  }

  private name(id: unknown): string | null {
    return typeof id === "string" ? this.names.text(id) : null;
  }
}

/** The fields of a stored task's keyword arguments that cases record, wherever the task's class puts them. */
function taskDetails(kwargs: Row): Partial<ShownOperation> {
  const context = record(kwargs.cloudify_context ?? record(kwargs.kwargs).__cloudify_context);
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  const totalRetries = kwargs.total_retries;
  return {
    instance: text(kwargs.node_instance_id) ?? text(context.node_id),
    set_state: text(kwargs.state),
    event: text(kwargs.event),
    operation: text(record(context.operation).name),
    related: text(record(context.related).node_id),
    total_retries: typeof totalRetries === "number" ? totalRetries : undefined,
  };
}
