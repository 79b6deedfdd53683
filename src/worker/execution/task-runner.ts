import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "../../api/resources.ts";
import { updateExecutionStatus } from "../../services/executions/update-status.ts";
import type { ExecutionRow } from "../../storage/index.ts";
import { type Command, isEnded, type OperationCall, type Task, type TaskOutcome } from "../../workflow/index.ts";
import { runByFramework } from "../cloudify-common/run-operation.ts";
import type { WorkerHome } from "../home.ts";
import type { OperationJob } from "../operations/job.ts";
import { nonRecoverable, succeeded } from "../operations/outcome.ts";
import { runOperation } from "../operations/run-operation.ts";
import type { StartOperation } from "../operations/running-operations.ts";
import type { OperationRuntime } from "../operations/runtime.ts";
import { isScript } from "../operations/script.ts";
import { ScriptCopies } from "../operations/script-copies.ts";
import { KILLED } from "../operations/supervise.ts";
import { isServiceOperation, runServiceOperation } from "../service-composition/index.ts";
import type { ExecutionControl } from "./control.ts";
import type { EventRows } from "./event-rows.ts";
import { importPaths } from "./import-paths.ts";
import type { JournalEntry } from "./journal.ts";
import { operationHost } from "./operation-host.ts";
import { operationJob } from "./operation-job.ts";
import { resourceFinder } from "./resource-finder.ts";
import type { StoredGraphs } from "./stored-graphs.ts";
import type { Surroundings } from "./surroundings.ts";

/** Does what the engine says for one execution: stores what happened, and runs tasks. */
export class TaskRunner {
  readonly #execution: ExecutionRow;
  readonly #surroundings: Surroundings;
  readonly #rows: EventRows;
  readonly #graphs: StoredGraphs;
  readonly #control: ExecutionControl;
  /** Of all its operations, and of the workflow itself. */
  readonly scripts: ScriptCopies;
  readonly #placesOf = new Map<string, Promise<Places>>();

  constructor(
    execution: ExecutionRow,
    surroundings: Surroundings,
    rows: EventRows,
    graphs: StoredGraphs,
    control: ExecutionControl,
  ) {
    this.#execution = execution;
    this.#surroundings = surroundings;
    this.#rows = rows;
    this.#graphs = graphs;
    this.#control = control;
    this.scripts = new ScriptCopies(surroundings.home.scripts(execution.id));
  }

  /** Stores the commands of a graph; `name` is that of its stored form, null when it has none. */
  store(commands: Command[], name: string | null, tasks: ReadonlyMap<string, Task>): Promise<void> {
    return this.#surroundings.journal.write(commands.flatMap((command) => this.#entries(command, name, tasks)));
  }

  #entries(command: Command, name: string | null, tasks: ReadonlyMap<string, Task>): JournalEntry[] {
    const { id: executionId, tenant_name: tenant } = this.#execution;
    switch (command.kind) {
      case "event":
        return [{ kind: "event", event: this.#rows.ofEngine(command.event) }];
      case "log":
        return [{ kind: "event", event: this.#rows.log(command.level, command.message) }];
      case "store": {
        const task = tasks.get(command.taskId);
        const state = {
          kind: "operation-state" as const,
          executionId,
          id: command.taskId,
          state: command.state,
          ended: isEnded(command.state),
        };
        if (command.failure === null || task === undefined || name === null) return [state];
        const { parameters } = this.#graphs.row(name, { ...task, failure: command.failure });
        return [state, { kind: "operation", id: command.taskId, change: { parameters } }];
      }
      case "insert":
        return name === null ? [] : [{ kind: "operations", executionId, rows: [this.#graphs.row(name, command.task)] }];
      case "set-node-instance-state":
        return [{ kind: "instance-state", tenant, id: command.nodeInstanceId, state: command.state }];
      case "record-check":
        return [{ kind: "check", tenant, check: command }];
      default:
        return [];
    }
  }

  /** Runs a task that takes time. Never rejects: what goes wrong is the task's failure. */
  async run(task: Task, { resume }: { resume: boolean }): Promise<TaskOutcome> {
    try {
      return await this.#run(task, resume);
    } catch (error) {
      return nonRecoverable(error instanceof Error ? error.message : String(error));
    }
  }

  async #run(task: Task, resume: boolean): Promise<TaskOutcome> {
    const { work } = task;
    switch (work.type) {
      case "RemoteWorkflowTask":
        return this.#operation(task, work.call, resume);
      case "GetNodeInstanceStateTask": {
        const row = await this.#surroundings.database.read.nodeInstances.get(
          this.#execution.tenant_name,
          work.nodeInstanceId,
        );
        return succeeded((row?.state ?? null) as Json);
      }
      case "UpdateExecutionStatusTask":
        await this.#surroundings.database.unitOfWork((tx) =>
          updateExecutionStatus(tx, this.#execution.id, { status: work.status }),
        );
        return succeeded();
      default:
        return nonRecoverable(`A task of type ${work.type} cannot run here`);
    }
  }

  async #operation(task: Task, call: OperationCall, resume: boolean): Promise<TaskOutcome> {
    // Handed out before the kill was heard of, which ends what runs: nothing may begin after it.
    if (this.#control.request === "kill_cancelling") return KILLED;
    const { operations } = this.#surroundings;
    const how = { resume, unlimited: isServiceOperation(call.task) };
    return operations.run(this.#execution.id, task.id, how, (options) => this.#start(task, call, options));
  }

  async #start(
    task: Task,
    call: OperationCall,
    { killed, record, resume }: Parameters<StartOperation>[0],
  ): Promise<TaskOutcome> {
    const { database, journal, home, evaluator, plugins, rest, spawners } = this.#surroundings;
    const execution = this.#execution;
    const job = await operationJob(database.read, execution, { task, call, resume }, evaluator(execution));
    const places = await this.#places(job);
    const host = operationHost(job, {
      database,
      journal,
      rows: this.#rows,
      findResource: resourceFinder(this.#surroundings, execution, job.blueprintId),
      restAccess: () => rest.of(execution.id),
    });
    if (isServiceOperation(job.functionPath)) {
      return runServiceOperation(job, { host, surroundings: this.#surroundings, killed });
    }
    const plugin = isScript(job) ? null : await plugins.of(job.tenant, job.plugin);
    const runtime = {
      ...this.#surroundings,
      spawner: spawners.own,
      pythonSpawner: spawners.of(plugin?.framework === "ours" ? plugin.python : null),
      ...places,
      scripts: this.scripts,
      killed,
      record: record.path,
    };
    if (plugin?.framework !== "cloudify-common") return runOperation(job, host, runtime);
    const access = await rest.of(execution.id);
    return runByFramework(job, host, runtime, { python: plugin.python, access, files: home.server.files });
  }

  /** The directories of an operation, made and read once; an update may move the deployment to another blueprint. */
  #places({ tenant, deployment, blueprintId }: OperationJob): Promise<Places> {
    const known =
      this.#placesOf.get(blueprintId) ?? makePlaces(this.#surroundings.home, tenant, deployment.id, blueprintId);
    this.#placesOf.set(blueprintId, known);
    // What cannot be made now, on a full disk, can perhaps be made for the next operation.
    known.catch(() => this.#placesOf.delete(blueprintId));
    return known;
  }
}

type Places = Pick<OperationRuntime, "workDirectory" | "temporary" | "importPaths">;

async function makePlaces(
  home: WorkerHome,
  tenant: string,
  deploymentId: string,
  blueprintId: string,
): Promise<Places> {
  const workDirectory = home.deployment(tenant, deploymentId);
  const temporary = home.temporary(tenant, deploymentId);
  const blueprint = home.blueprint(tenant, blueprintId);
  await mkdir(workDirectory, { recursive: true, mode: 0o700 });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  return {
    workDirectory,
    temporary,
    importPaths: await importPaths([workDirectory, blueprint, join(blueprint, "plugins")]),
  };
}
