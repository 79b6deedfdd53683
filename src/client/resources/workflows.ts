import type { ListQuery, Page } from "../../api/paging.ts";
import type { Workflow } from "../../api/resources.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface WorkflowQuery extends ListQuery {
  id?: string | string[];
  _filter_id?: string;
  _group_id?: string;
}

/** Workflows by name, over many deployments. Those of one deployment stand in the deployment itself. */
export const workflows = (rest: Rest) => ({
  page: (query: WorkflowQuery = {}, options?: CallOptions): Promise<Page<Workflow>> =>
    rest.page<Workflow>("workflows", query, options),
  list: (query: WorkflowQuery = {}, options?: CallOptions) => rest.pages<Workflow>("workflows", query, options),
});
