import type { ErrorCause, EventType } from "../../api/resources.ts";
import type { ExecutionRow, NewEvent, UnitOfWork } from "../../storage/index.ts";
import { ownExecution } from "../executions/list.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { badParameters, found, Refusal } from "../refusal.ts";

type Document = Readonly<Record<string, unknown>>;

/** What a workflow or an operation tells. */
export interface EventsToStore {
  events: readonly Document[];
  logs: readonly Document[];
  executionId: string | undefined;
  executionGroupId: string | undefined;
  managerName: string | undefined;
  agentName: string | undefined;
}

/**
 * Stores events and log lines of an execution, or of a group of them; without a name, of the execution that asks.
 * @throws conflict_error when it is not said whose they are
 * @throws not_found_error, forbidden_error, bad_parameters_error
 */
export async function storeEvents(tx: UnitOfWork, who: Identity, given: EventsToStore): Promise<number> {
  const { events, logs } = given;
  // An execution tells of itself with its own token, whatever its creator may do.
  if (who.executionId === undefined) authorize(who, "event_create");
  if (events.length + logs.length === 0) return 0;
  const source = await sourceOf(tx, who, given);
  const rows = [
    ...events.map((event) => row(tx, who, "cloudify_event", event, source)),
    ...logs.map((log) => row(tx, who, "cloudify_log", log, source)),
  ];
  await tx.events.append(rows, tx.now());
  if (source.execution_id) tx.publish(`execution:${source.execution_id}`);
  return rows.length;
}

type Source = Omit<NewEvent, "type" | "timestamp">;

async function sourceOf(tx: UnitOfWork, who: Identity, given: EventsToStore): Promise<Source> {
  const workers = { manager_name: given.managerName ?? null, agent_name: given.agentName ?? null };
  if (given.executionId !== undefined && given.executionGroupId !== undefined) {
    throw badParameters("Events belong to an execution or to an execution group, not to both");
  }
  if (given.executionGroupId !== undefined) {
    const group = found(
      await tx.executionGroups.get(who.tenant, given.executionGroupId),
      "ExecutionGroup",
      given.executionGroupId,
    );
    return { ...workers, tenant_name: group.tenant_name, execution_group_id: group.id, workflow_id: group.workflow_id };
  }
  const id = given.executionId ?? who.executionId;
  if (id === undefined)
    throw new Refusal("conflict_error", "Whose events are these? Give execution_id or execution_group_id");
  return { ...workers, ...belongingTo(found(await executionOf(tx, who, id), "Execution", id)) };
}

async function executionOf(tx: UnitOfWork, who: Identity, id: string): Promise<ExecutionRow | undefined> {
  const execution = await tx.executions.get(id);
  return execution?.visibility === "global" ? execution : ownExecution(tx, who, id);
}

const belongingTo = ({ tenant_name, id, deployment_id, blueprint_id, workflow_id }: ExecutionRow) => ({
  tenant_name,
  execution_id: id,
  deployment_id,
  blueprint_id,
  workflow_id,
});

function row(tx: UnitOfWork, who: Identity, type: EventType, told: Document, source: Source): NewEvent {
  const context = document(told["context"]);
  return {
    ...source,
    type,
    timestamp: time(told["timestamp"]) ?? tx.now(),
    ...(told["reported_timestamp"] === undefined
      ? {}
      : { reported_timestamp: reported(who, told["reported_timestamp"]) }),
    message: text(document(told["message"])["text"]),
    message_code: text(told["message_code"]),
    event_type: type === "cloudify_event" ? text(told["event_type"]) : null,
    level: type === "cloudify_log" ? text(told["level"]) : null,
    logger: type === "cloudify_log" ? text(told["logger"]) : null,
    operation: text(told["operation"]) ?? text(context["operation"]),
    node_instance_id: text(context["node_id"]),
    source_id: text(context["source_id"]),
    target_id: text(context["target_id"]),
    error_causes: causes(context["task_error_causes"]),
  };
}

function reported(who: Identity, value: unknown): string {
  authorize(who, "set_timestamp");
  return time(value) ?? "";
}

function time(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw badParameters(`${JSON.stringify(value)} is not a time, such as 2026-01-31T10:30:00.000Z`);
  return new Date(milliseconds).toISOString();
}

const document = (value: unknown): Document => (typeof value === "object" && value !== null ? (value as Document) : {});

/** Databases keep no NUL in texts, and terminals show none. */
const text = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value).replaceAll("\0", "<NUL>");

const causes = (value: unknown): ErrorCause[] | null => (Array.isArray(value) ? (value as ErrorCause[]) : null);
