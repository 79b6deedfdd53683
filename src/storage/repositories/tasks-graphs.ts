import { sql } from "kysely";
import type { NewRow, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { tasksGraphs } from "../tables/executions.ts";

export type TasksGraphRow = Row<typeof tasksGraphs>;
export type NewTasksGraph = NewRow<typeof tasksGraphs>;

export const tasksGraphRepository = (db: Db) => {
  const rows = rowsOf(db, tasksGraphs, { order: "created_at", scoped: false });
  return {
    insert: (graph: NewTasksGraph) => rows.insert(graph),
    async get(id: string): Promise<TasksGraphRow | undefined> {
      const [row] = await rows.find(sql<boolean>`tasks_graphs.id = ${id}`);
      return row;
    },
    /** All of an execution, or the one with this name. */
    ofExecution: (executionId: string, name?: string): Promise<TasksGraphRow[]> => {
      const named = name === undefined ? sql<boolean>`1 = 1` : sql<boolean>`tasks_graphs.name = ${name}`;
      return rows.find(sql<boolean>`tasks_graphs.execution_id = ${executionId} and ${named} order by storage_id`);
    },
  };
};
