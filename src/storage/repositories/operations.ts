import { sql } from "kysely";
import type { TaskState } from "../../api/statuses.ts";
import type { Change, NewRow, Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { operations } from "../tables/executions.ts";

export type OperationRow = Row<typeof operations>;
export type NewOperation = NewRow<typeof operations>;

export interface OperationFilter {
  state?: TaskState;
  states?: readonly TaskState[];
  types?: readonly string[];
}

export const operationRepository = (db: Db) => {
  const rows = rowsOf(db, operations, { order: "storage_id", scoped: false });
  const filtered = ({ state, states = state === undefined ? undefined : [state], types }: OperationFilter) =>
    sql<boolean>`${states === undefined ? sql`1 = 1` : sql`operations.state in (${sql.join([...states])})`}
      and ${types === undefined ? sql`1 = 1` : sql`operations.type in (${sql.join([...types])})`}
      order by operations.storage_id`;
  return {
    list: rows.list,
    insertMany: rows.insertMany,
    async get(id: string): Promise<OperationRow | undefined> {
      const [row] = await rows.find(sql<boolean>`operations.id = ${id}`);
      return row;
    },
    ofGraph: (graphId: string, filter: OperationFilter = {}): Promise<OperationRow[]> =>
      rows.find(sql<boolean>`operations.tasks_graph_id = ${graphId} and ${filtered(filter)}`),
    ofExecution: (executionId: string, filter: OperationFilter = {}): Promise<OperationRow[]> =>
      rows.find(sql<boolean>`operations.tasks_graph_id in
        (select graph.id from tasks_graphs as graph where graph.execution_id = ${executionId}) and ${filtered(filter)}`),
    update: async (id: string, change: Change<typeof operations>): Promise<boolean> =>
      (await rows.update(sql<boolean>`operations.id = ${id}`, change)) > 0,
    /** Sets the state of many at once. */
    async setState(ids: readonly string[], state: TaskState): Promise<void> {
      if (ids.length > 0) await rows.update(sql<boolean>`operations.id in (${sql.join([...ids])})`, { state });
    },
    remove: async (id: string): Promise<boolean> => (await rows.remove(sql<boolean>`operations.id = ${id}`)) > 0,
  };
};
