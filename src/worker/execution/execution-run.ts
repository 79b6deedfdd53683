import { rm } from "node:fs/promises";
import type { ExecutionStatus } from "../../api/statuses.ts";
import { updateExecutionStatus } from "../../services/executions/update-status.ts";
import { resolveTargetsAfter } from "../../services/inter-deployment-dependencies/resolve-targets.ts";
import { Refusal } from "../../services/refusal.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import { removeRecords } from "../operations/operation-record.ts";
import { ExecutionControl, followRequests } from "./control.ts";
import { EventRows } from "./event-rows.ts";
import { cancelled, type ExecutionEnd, endOfError, failedBecause } from "./execution-end.ts";
import { StoredGraphs } from "./stored-graphs.ts";
import type { Surroundings } from "./surroundings.ts";
import { TaskRunner } from "./task-runner.ts";
import type { Workflow } from "./workflow.ts";
import { workflowOf } from "./workflow-of.ts";

/** The life of one execution in this worker: from `started` to a final status, whatever happens between. */
export class ExecutionRun {
  readonly #surroundings: Surroundings;
  readonly #execution: ExecutionRow;
  readonly #takenOver: boolean;
  readonly #rows: EventRows;
  readonly #control = new ExecutionControl();

  /** @param takenOver another worker had begun it and is gone */
  constructor(surroundings: Surroundings, execution: ExecutionRow, { takenOver }: { takenOver: boolean }) {
    this.#surroundings = surroundings;
    this.#takenOver = takenOver;
    this.#execution = takenOver ? { ...execution, resume: true } : execution;
    this.#rows = new EventRows(execution, surroundings.clock);
  }

  async run(): Promise<void> {
    const unfollow = await followRequests(this.#surroundings.database, this.#execution.id, this.#control);
    try {
      // First of all: what a dead worker left must not go on beside what is done again.
      if (this.#takenOver) await this.#surroundings.operations.endLeftOver(this.#execution.id);
      if (this.#control.request === null && (await this.#started())) await this.#finish(await this.#work());
      else await this.#finish(cancelled);
    } finally {
      unfollow();
      this.#surroundings.rest.forget(this.#execution.id);
      await this.#removeScripts();
    }
  }

  /** False when somebody asked to stop before it began. */
  async #started(): Promise<boolean> {
    try {
      await this.#setStatus("started");
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** Runs the workflow. A firm request to stop does not wait for it. */
  async #work(): Promise<ExecutionEnd> {
    const work = this.#workflow().catch(endOfError);
    const stopped = this.#control.atOnce.then(() => cancelled);
    return Promise.race([work, stopped]);
  }

  async #workflow(): Promise<ExecutionEnd> {
    const surroundings = this.#surroundings;
    const execution = this.#execution;
    const graphs = await StoredGraphs.of(surroundings, execution);
    const tasks = new TaskRunner(execution, surroundings, this.#rows, graphs, this.#control);
    const workflow: Workflow = await workflowOf(surroundings, execution);
    return workflow({
      execution,
      surroundings,
      rows: this.#rows,
      graphs,
      tasks,
      control: this.#control,
      begins: () =>
        this.#tell(
          "workflow_started",
          `${execution.resume ? "Resuming" : "Starting"} '${execution.workflow_id}' workflow execution`,
          true,
        ),
    });
  }

  async #finish(end: ExecutionEnd): Promise<void> {
    const { workflow_id } = this.#execution;
    if (this.#control.request === "kill_cancelling") {
      await this.#surroundings.operations.kill(this.#execution.id);
      return this.#setStatus("cancelled");
    }
    switch (end.status) {
      case "told":
        return;
      case "terminated": {
        await this.#tell("workflow_succeeded", `'${workflow_id}' workflow execution succeeded`, true);
        const { database, evaluator } = this.#surroundings;
        const problem = await resolveTargetsAfter(database, this.#execution, evaluator(this.#execution));
        if (problem !== null) return this.#end("failed", problem);
        return this.#end("terminated").catch((error) => this.#refused(error));
      }
      case "failed":
        await this.#tell("workflow_failed", `'${workflow_id}' workflow execution failed: ${end.message}`);
        return this.#end("failed", end.error);
      case "cancelled":
        await this.#tell("workflow_cancelled", `'${workflow_id}' workflow execution cancelled`);
        return this.#end("cancelled");
    }
  }

  /** A workflow that ended well although it was asked to stop has failed: the rules know no other way. */
  #refused(error: unknown): Promise<void> {
    if (!(error instanceof Refusal)) throw error;
    const message = `400: ${error.message}`;
    return this.#finish(
      failedBecause(message, `cloudify_rest_client.exceptions.InvalidExecutionUpdateStatus: ${message}`),
    );
  }

  async #tell(eventType: string, message: string, markDryRun = false): Promise<void> {
    const marked = markDryRun && this.#execution.is_dry_run ? `${message} (dry run)` : message;
    await this.#surroundings.journal.write([{ kind: "event", event: this.#rows.event(eventType, marked) }]);
  }

  /** Unless an operation runs on that nobody waits for any more. */
  async #removeScripts(): Promise<void> {
    const { operations, home } = this.#surroundings;
    const { id } = this.#execution;
    if (!operations.has(id)) await rm(home.scripts(id), { recursive: true, force: true });
  }

  /** A kill that came only now is heard as well: it is to end what still runs. */
  async #end(status: ExecutionStatus, error?: string): Promise<void> {
    const { database, home, operations } = this.#surroundings;
    const { id } = this.#execution;
    // Nothing is left to take over once it has come to a good end.
    if (status === "terminated" && !operations.has(id)) await removeRecords(home.execution(id));
    const isKilled = await database.unitOfWork(async (tx) => {
      if ((await tx.executions.get(id))?.status === "kill_cancelling") return true;
      await updateExecutionStatus(tx, id, { status, error });
      return false;
    });
    if (!isKilled) return;
    await operations.kill(id);
    await this.#setStatus(status, error);
  }

  async #setStatus(status: ExecutionStatus, error?: string): Promise<void> {
    await this.#surroundings.database.unitOfWork((tx) =>
      updateExecutionStatus(tx, this.#execution.id, { status, error }),
    );
  }
}
