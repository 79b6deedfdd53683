import { type Clock, timestamp } from "../../lib/clock.ts";
import type { ExecutionRow, NewEvent } from "../../storage/index.ts";
import type { WorkflowEvent } from "../../workflow/index.ts";
import type { LogLevel, OperationJob } from "../operations/job.ts";

type EventFields = Partial<Omit<NewEvent, "type" | "timestamp">>;

/** Makes the rows of one execution's events and log lines. */
export class EventRows {
  readonly #execution: ExecutionRow;
  readonly #clock: Clock;

  constructor(execution: ExecutionRow, clock: Clock) {
    this.#execution = execution;
    this.#clock = clock;
  }

  event(eventType: string, message: string, fields: EventFields = {}): NewEvent {
    return { ...this.#row(fields), type: "cloudify_event", event_type: eventType, message };
  }

  /** An event that the engine has worded. */
  ofEngine({ eventType, message, nodeInstanceId, sides, operation, errorCauses }: WorkflowEvent): NewEvent {
    return this.event(eventType, message, {
      node_instance_id: nodeInstanceId,
      operation,
      error_causes: errorCauses,
      ...(sides ? { source_id: sides.sourceId, target_id: sides.targetId } : {}),
    });
  }

  log(level: LogLevel, message: string, fields: EventFields = {}): NewEvent {
    const logger = `ctx.${this.#execution.id}`;
    return { ...this.#row({ logger, ...fields }), type: "cloudify_log", level, message };
  }

  /** Where an operation's own events and log lines belong. */
  subjectOf({ subject, operation }: OperationJob): EventFields {
    switch (subject.kind) {
      case "node-instance":
        return { operation: operation.name, node_instance_id: subject.instance.id };
      case "relationship-instance":
        return {
          operation: operation.name,
          source_id: subject.source.instance.id,
          target_id: subject.target.instance.id,
        };
      case "deployment":
        return { operation: operation.name };
    }
  }

  #row(fields: EventFields): Omit<NewEvent, "type"> {
    const { id, tenant_name, blueprint_id, deployment_id, workflow_id } = this.#execution;
    return {
      tenant_name,
      execution_id: id,
      blueprint_id,
      deployment_id,
      workflow_id,
      timestamp: timestamp(this.#clock.now()),
      ...fields,
    };
  }
}
