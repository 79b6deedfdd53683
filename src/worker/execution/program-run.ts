import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../api/resources.ts";
import { startExecution } from "../../services/executions/start.ts";
import { identifyExecution } from "../../services/identity/authenticate.ts";
import { updateNodeInstance } from "../../services/node-instances/update.ts";
import { Refusal } from "../../services/refusal.ts";
import {
  type GraphOutcome,
  type Program,
  type ProgramContext,
  type Request,
  type Task,
  type TaskOutcome,
  WorkflowFailure,
} from "../../workflow/index.ts";
import { readDeployment } from "./deployment-view.ts";
import { cancelled, type ExecutionEnd, terminated } from "./execution-end.ts";
import { Modifications } from "./modifications.ts";
import { runTaskGraph } from "./run-task-graph.ts";
import { uninstallServices } from "./services.ts";
import type { StoredGraphs } from "./stored-graphs.ts";
import { readUpdate, runUpdateTask } from "./update-requests.ts";
import type { WorkflowParts } from "./workflow.ts";
import { workflowConfiguration } from "./workflow-configuration.ts";

type Parts = Omit<WorkflowParts, "begins">;

/** Runs a built-in workflow: answers what its program asks for, until it returns. @throws WorkflowFailure */
export class ProgramRun {
  readonly #parts: Parts;
  readonly #parameters: JsonObject;
  readonly #graphSuffix: string;
  readonly #modifications: Modifications;

  /** A workflow of the user's own runs parts with their own parameters, and tells their graphs apart by a suffix. */
  constructor(parts: Parts, { parameters = parts.execution.parameters, graphSuffix = "" } = {}) {
    this.#parts = parts;
    this.#parameters = parameters;
    this.#graphSuffix = graphSuffix;
    this.#modifications = new Modifications(parts.surroundings.database, parts.execution);
  }

  async run(workflow: (context: ProgramContext) => Program): Promise<ExecutionEnd> {
    const program = workflow(await this.#context());
    let step = program.next();
    while (!step.done) {
      const answered = await this.#answer(step.value).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );
      if ("error" in answered) {
        // What waits for others is told to stop by an error of its own.
        if (step.value.kind === "uninstall-services" && this.#parts.control.request !== null) return cancelled;
        step = program.throw(asFailure(answered.error));
        continue;
      }
      const { answer } = answered;
      if (step.value.kind === "run-graph" && (answer as GraphOutcome).status === "cancelled") return cancelled;
      step = program.next(answer);
    }
    return this.#parts.control.request === null ? terminated : cancelled;
  }

  async #context(): Promise<ProgramContext> {
    const { execution, surroundings, graphs } = this.#parts;
    const configuration = await workflowConfiguration(surroundings.database.read);
    return {
      deployment: await this.#deployment(),
      executionId: execution.id,
      parameters: this.#parameters,
      dryRun: execution.is_dry_run,
      resume: execution.resume,
      storedGraphs: this.#ownGraphs(graphs.tasks),
      builder: {
        newId: randomUUID,
        dryRun: execution.is_dry_run,
        retries: { total: configuration.taskRetries, interval: configuration.taskRetryInterval },
      },
      configuration,
    };
  }

  /** Under the names that the program knows them by. */
  #ownGraphs(all: StoredGraphs["tasks"]): StoredGraphs["tasks"] {
    const suffix = this.#graphSuffix;
    if (suffix === "") return all;
    const own = [...all].filter(([name]) => name.endsWith(suffix));
    return new Map(own.map(([name, tasks]) => [name.slice(0, -suffix.length), tasks]));
  }

  #deployment() {
    const { execution, surroundings } = this.#parts;
    return readDeployment(surroundings.database.read, execution.tenant_name, execution.deployment_id ?? "");
  }

  async #answer(request: Request): Promise<unknown> {
    const { surroundings, rows, execution } = this.#parts;
    const { journal, database } = surroundings;
    const { tenant_name: tenant } = execution;
    switch (request.kind) {
      case "run-graph":
        return this.#runGraph(request);
      case "read-deployment":
        return this.#deployment();
      case "log":
        return journal.write([{ kind: "event", event: rows.log(request.level, request.message) }]);
      case "send-event": {
        const event = rows.event(request.eventType, request.message, { node_instance_id: request.nodeInstanceId });
        return journal.write([{ kind: "event", event }]);
      }
      case "set-node-instance-state":
        return journal.write([{ kind: "instance-state", tenant, id: request.nodeInstanceId, state: request.state }]);
      case "update-system-properties":
        return database.unitOfWork(async (tx) => {
          const row = await tx.nodeInstances.get(tenant, request.nodeInstanceId);
          const merged = Object.entries({ ...row?.system_properties, ...request.properties });
          const system_properties = Object.fromEntries(merged.filter(([key]) => request.properties[key] !== null));
          await updateNodeInstance(tx, tenant, request.nodeInstanceId, "any", { system_properties });
        });
      case "list-started-modifications":
        return this.#modifications.started();
      case "start-modification":
        return request.preview ? this.#modifications.preview(request.nodes) : this.#modifications.start(request.nodes);
      case "finish-modification":
        return this.#modifications.finish(request.id);
      case "rollback-modification":
        return this.#modifications.rollback(request.id);
      case "uninstall-services":
        return uninstallServices(this.#parts, request.parameters);
      case "read-update":
        return readUpdate(database, execution, request.updateId);
      case "start-execution":
        return this.#startExecution(request);
    }
  }

  async #runGraph(request: Extract<Request, { kind: "run-graph" }>): Promise<GraphOutcome> {
    const { stored, build, rebuild } = request;
    const name = request.name + this.#graphSuffix;
    const { graphs, execution } = this.#parts;
    const isStored = stored && !execution.is_dry_run;
    const earlier = isStored ? graphs.tasks.get(name) : undefined;
    const tasks = earlier === undefined ? build() : [...earlier];
    if (isStored && earlier === undefined) await graphs.insert(name, tasks);
    return runTaskGraph(
      this.#parts,
      { name, stored: isStored, restored: earlier !== undefined, tasks, rebuild },
      { run: (task, how) => this.#run(task, how) },
    );
  }

  /** A function of the workflow's own process runs here, everything else as in any execution. */
  #run(task: Task, how: { resume: boolean }): Promise<TaskOutcome> {
    const { tasks, surroundings, execution } = this.#parts;
    if (task.work.type !== "LocalWorkflowTask") return tasks.run(task, how);
    return runUpdateTask(surroundings.database, execution, task.work.call);
  }

  /** Runs beside this one, on behalf of the same user. */
  async #startExecution({ workflowId, parameters }: Extract<Request, { kind: "start-execution" }>): Promise<void> {
    const { surroundings, execution } = this.#parts;
    const { database } = surroundings;
    const who = await identifyExecution(database, execution);
    const request = {
      deploymentId: execution.deployment_id ?? "",
      workflowId,
      parameters,
      allowCustomParameters: true,
      force: true,
      queue: false,
      dryRun: false,
      waitAfterFail: execution.wait_after_fail,
    };
    await database.unitOfWork((tx) => startExecution(tx, who, request));
  }
}

/** What the rules turn down is the workflow's failure, not a fault of the worker; named as Python clients know it. */
function asFailure(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const name = error.code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return new WorkflowFailure(`cloudify_rest_client.exceptions.${name}`, `${error.status}: ${error.message}`);
}
