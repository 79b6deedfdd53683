import { randomUUID } from "node:crypto";
import { createGraph, type GraphOptions, type GraphOutcome, restoreGraph, type Task } from "../../workflow/index.ts";
import { type GraphPort, GraphRun } from "./graph-run.ts";
import type { WorkflowParts } from "./workflow.ts";

interface TaskGraph {
  name: string;
  stored: boolean;
  restored: boolean;
  tasks: Task[];
  rebuild?: GraphOptions["rebuild"];
}

/** Runs a graph to its end, or to the moment it is asked to stop. A workflow of a user adds its own ways to run and to ask. */
export async function runTaskGraph(
  parts: Pick<WorkflowParts, "execution" | "surroundings" | "tasks" | "control">,
  { name, stored, restored, tasks, rebuild }: TaskGraph,
  own: Partial<GraphPort> = {},
): Promise<GraphOutcome> {
  const { execution, surroundings, control } = parts;
  const options: GraphOptions = {
    name,
    stored,
    dryRun: execution.is_dry_run,
    waitAfterFail: execution.wait_after_fail,
    newId: randomUUID,
    reports: own.settled !== undefined,
    ...(rebuild ? { rebuild } : {}),
  };
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const graph = restored ? restoreGraph(tasks, options) : createGraph(tasks, options);
  const port: GraphPort = {
    store: (commands) => parts.tasks.store(commands, stored ? name : null, byId),
    run: (task, how) => parts.tasks.run(task, how),
    ...own,
  };
  const run = new GraphRun(graph, port, surroundings.clock);
  const unfollow = control.follow(() => run.cancel());
  try {
    return await run.run();
  } finally {
    unfollow();
  }
}
