import { describe, expect, it } from "vitest";
import { operationOf, type Request, type Task, type UpdateChanges } from "../../../../src/workflow/index.ts";
import { update as updateDeployment } from "../../../../src/workflow/workflows/update.ts";
import { chain, failing, node } from "../deployments.ts";
import { failed, runProgram, succeeded } from "../simulated-worker.ts";

const NOTHING: UpdateChanges = {
  added: [],
  removed: [],
  changed: [],
  extended: [],
  reduced: [],
  workflowParameters: { added_instance_ids: [] },
};
const STORES = ["create_steps", "update_deployment_nodes", "delete_removed_nodes"];

describe("an update", () => {
  const update = (parameters: object, changes: Partial<UpdateChanges> = {}, outcomeOf = failing()) => {
    const steps: string[] = [];
    const calls: string[] = [];
    const run = runProgram(
      updateDeployment,
      chain([node("a"), node("b", ["lifecycle.delete"])], ["establish", "unlink"]),
      { update_id: "U1", ...parameters },
      {
        outcomeOf: (task: Task) => {
          if (task.work.type === "LocalWorkflowTask") steps.push(task.work.call.function);
          const operation = operationOf(task.work);
          if (operation !== null) calls.push(operation.split(".").slice(-1).join());
          return outcomeOf(task);
        },
        answer: ({ kind }) => (kind === "read-update" ? { ...NOTHING, ...changes } : undefined),
      },
    );
    const graphs = run.requests.flatMap((one) => (one.kind === "run-graph" && one.stored ? [one.name] : []));
    return { ...run, steps, calls, graphs };
  };
  const readIds = (requests: Request[]) =>
    requests.flatMap((one) => (one.kind === "read-update" ? [one.updateId] : []));

  it("that changes no instance prepares, stores and tidies up", () => {
    const run = update({});
    expect(run.steps).toEqual(expect.arrayContaining(STORES));
    expect(run.steps).not.toContain("create_update");
    expect(run.graphs).toEqual([]);
  });

  it("started like any other workflow is written down first, under an id of its own", () => {
    const run = update({ update_id: "" });
    expect(run.steps[0]).toBe("create_update");
    expect(readIds(run.requests)).toEqual(["D1_E1"]);
    expect(readIds(update({}).requests)).toEqual(["U1"]);
  });

  it("with preview stores nothing", () => {
    const run = update({ preview: true });
    expect(run.steps).toContain("create_steps");
    expect(run.steps).not.toContain("update_deployment_nodes");
  });

  it("with a workflow of the user's own starts that in place of the built-in steps", () => {
    const run = update({ workflow_id: "mine" }, { removed: ["b_1"] });
    expect(run.requests).toContainEqual({
      kind: "start-execution",
      workflowId: "mine",
      parameters: NOTHING.workflowParameters,
    });
    expect(run.graphs).toEqual([]);
    expect(run.steps).toEqual(expect.arrayContaining(STORES));
  });

  it.each([
    ["unlinks relationships that go", { reduced: [{ sourceId: "b_1", targetId: "a_1" }] }, ["unlink", "unlink"]],
    ["leaves other relationships alone", { reduced: [{ sourceId: "b_1", targetId: "x_1" }] }, []],
    [
      "establishes relationships that come",
      { extended: [{ sourceId: "b_1", targetId: "a_1" }] },
      ["establish", "establish"],
    ],
    ["uninstalls instances that go", { removed: ["b_1"] }, ["unlink", "unlink", "delete"]],
  ])("%s", (_, changes, calls) => {
    expect(update({}, changes).calls).toEqual(calls);
  });

  it("fails where an instance that goes cannot be uninstalled, unless failures are ignored", () => {
    const removing = (parameters: object) => update(parameters, { removed: ["b_1"] }, failing("lifecycle.delete"));
    expect(removing({}).failure?.type).toBe("WorkflowFailed");
    expect(removing({}).steps).not.toContain("delete_removed_nodes");
    expect(removing({ ignore_failure: true }).failure).toBeNull();
  });

  it("stops at the step that fails, and says why", () => {
    const outcomeOf = ({ name }: Task) => (name === "create_steps" ? failed("no such node") : succeeded);
    const run = update({}, {}, outcomeOf);
    expect(run.failure?.type).toBe("WorkflowFailed");
    expect(run.steps.at(-1)).toBe("create_steps");
  });
});
