import { randomUUID } from "node:crypto";
import { type Clock, timestamp } from "../../lib/clock.ts";
import type { Database, ExecutionRow, NewOperation } from "../../storage/index.ts";
import { fromStoredOperation, type Task, toStoredOperation } from "../../workflow/index.ts";
import type { Journal } from "./journal.ts";

/** The graphs that an execution keeps in the database, so that another worker can go on with them. */
export class StoredGraphs {
  readonly #parts: { database: Database; journal: Journal; clock: Clock };
  readonly #execution: ExecutionRow;
  readonly #ids = new Map<string, string>();
  readonly #tasks = new Map<string, Task[]>();

  private constructor(parts: { database: Database; journal: Journal; clock: Clock }, execution: ExecutionRow) {
    this.#parts = parts;
    this.#execution = execution;
  }

  /** Reads those that earlier runs of the execution left. */
  static async of(parts: { database: Database; journal: Journal; clock: Clock }, execution: ExecutionRow) {
    const graphs = new StoredGraphs(parts, execution);
    const { read } = parts.database;
    for (const { id, name } of await read.tasksGraphs.ofExecution(execution.id)) {
      graphs.#ids.set(name, id);
      graphs.#tasks.set(name, (await read.operations.ofGraph(id)).map(fromStoredOperation));
    }
    return graphs;
  }

  get tasks(): ReadonlyMap<string, readonly Task[]> {
    return this.#tasks;
  }

  /** Stores a new graph with all its tasks at once: one without them would look as if nothing were left to do. */
  async insert(name: string, tasks: Task[]): Promise<void> {
    const id = randomUUID();
    const executionId = this.#execution.id;
    const created_at = timestamp(this.#parts.clock.now());
    this.#ids.set(name, id);
    this.#tasks.set(name, tasks);
    const rows = tasks.map((task) => this.row(name, task));
    await this.#parts.journal.write([
      { kind: "graph", row: { id, execution_id: executionId, name, created_at } },
      { kind: "operations", executionId, rows },
    ]);
  }

  row(name: string, task: Task): NewOperation {
    const { id, workflow_id, tenant_name, deployment_id, blueprint_id, created_by } = this.#execution;
    const context = {
      execution_id: id,
      workflow_id,
      tenant: { name: tenant_name },
      deployment_id,
      blueprint_id,
      execution_creator_username: created_by,
    };
    return {
      ...toStoredOperation(task, context),
      tasks_graph_id: this.#ids.get(name) ?? "",
      created_at: timestamp(this.#parts.clock.now()),
    };
  }
}
