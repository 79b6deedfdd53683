import type { Page } from "../../api/paging.ts";
import type { Operation, TasksGraph } from "../../api/resources.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

/** What an execution has stored of its work. */
export const taskGraphs = (rest: Rest) => ({
  page: (query: { execution_id: string; name?: string }, options?: CallOptions): Promise<Page<TasksGraph>> =>
    rest.page<TasksGraph>("tasks_graphs", query, options),
});

export const operations = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<Operation>(`operations/${enc(id)}`, {}, options),
  /** Of a graph, or of a whole execution. */
  page: (
    query: { execution_id?: string; graph_id?: string; state?: string; skip_internal?: boolean },
    options?: CallOptions,
  ): Promise<Page<Operation>> => rest.page<Operation>("operations", query, options),
});
