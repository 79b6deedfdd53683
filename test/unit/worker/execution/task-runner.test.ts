import { expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { found } from "../../../../src/services/refusal.ts";
import { ExecutionControl, type StopRequest } from "../../../../src/worker/execution/control.ts";
import { EventRows } from "../../../../src/worker/execution/event-rows.ts";
import { Journal } from "../../../../src/worker/execution/journal.ts";
import { StoredGraphs } from "../../../../src/worker/execution/stored-graphs.ts";
import type { Surroundings } from "../../../../src/worker/execution/surroundings.ts";
import { TaskRunner } from "../../../../src/worker/execution/task-runner.ts";
import { succeeded } from "../../../../src/worker/operations/outcome.ts";
import { KILLED } from "../../../../src/worker/operations/supervise.ts";
import { type OperationCall, TaskGraphBuilder } from "../../../../src/workflow/index.ts";
import { aDatabase, addExecution } from "../../../helpers/database.ts";

const CALL: OperationCall = {
  ...{ operation: "life.go", task: "plugin.go", plugin: "plugin", executor: "central_deployment_agent" },
  ...{ nodeInstanceId: "vm_1", nodeId: "vm", hostId: null, related: null, kwargs: {}, hasIntrinsicFunctions: false },
  ...{ timeout: null, timeoutRecoverable: null },
};

it.each<[StopRequest, object]>([
  ["cancelling", succeeded("it ran")],
  ["force_cancelling", succeeded("it ran")],
  ["kill_cancelling", KILLED],
])("an operation begins unless its execution is being killed by then: %s", async (request, outcome) => {
  const database = await aDatabase();
  await addExecution(database, { id: "e1" });
  const execution = found(await database.read.executions.get("e1"), "Execution", "e1");
  const clock = systemClock;
  const parts = { database, clock, journal: new Journal(database, clock) };
  const control = new ExecutionControl();
  control.ask(request);
  // No more of a worker is needed to see whether it begins.
  const surroundings = {
    ...parts,
    home: { scripts: () => "/nowhere" },
    operations: { run: async () => succeeded("it ran") },
  } as unknown as Surroundings;
  const rows = new EventRows(execution, clock);
  const runner = new TaskRunner(execution, surroundings, rows, await StoredGraphs.of(parts, execution), control);
  const builder = new TaskGraphBuilder({ newId: () => "t1" });
  builder.top.operation(CALL);
  const [task] = builder.build();
  expect(task && (await runner.run(task, { resume: false }))).toEqual(outcome);
});
