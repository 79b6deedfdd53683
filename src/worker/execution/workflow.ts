import type { ExecutionRow } from "../../storage/index.ts";
import type { ExecutionControl } from "./control.ts";
import type { EventRows } from "./event-rows.ts";
import type { ExecutionEnd } from "./execution-end.ts";
import type { StoredGraphs } from "./stored-graphs.ts";
import type { Surroundings } from "./surroundings.ts";
import type { TaskRunner } from "./task-runner.ts";

/** What a workflow runs with. */
export interface WorkflowParts {
  execution: ExecutionRow;
  surroundings: Surroundings;
  rows: EventRows;
  graphs: StoredGraphs;
  tasks: TaskRunner;
  control: ExecutionControl;
  /** Says that the workflow begins; called once, before it does anything. */
  begins(): Promise<void>;
}

export type Workflow = (parts: WorkflowParts) => Promise<ExecutionEnd>;
