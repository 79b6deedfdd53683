import { describe, expect, it } from "vitest";
import type { Modification, ModifiedInstance } from "../../../../src/workflow/index.ts";
import { deployment, failing, instance, node, workflow } from "../deployments.ts";
import { runProgram } from "../simulated-worker.ts";

describe("scaling in", () => {
  const web = node("web", ["lifecycle.delete"], { numberOfInstances: 2 });
  const view = () => deployment([web], [instance("web_1"), instance("web_2")]);
  const modified = (id: string, modification: ModifiedInstance["modification"]): ModifiedInstance => ({
    ...instance(id),
    modification,
  });
  // What goes is told together with what it is related to, which stays.
  const removed = [modified("web_2", "removed"), modified("web_1", null)];
  const modification: Modification = { id: "m1", status: "started", executionId: "E1", added: [], removed };
  const scaleIn = (parameters: object, outcomeOf = failing()) => {
    const now = view();
    const run = runProgram(
      workflow("scale_entity"),
      now,
      { scalable_entity_name: "web", delta: -1, ...parameters },
      {
        outcomeOf,
        answer: ({ kind }) => (kind === "start-modification" ? modification : []),
      },
    );
    return { ...run, states: now.instances.map(({ state }) => state) };
  };

  it("uninstalls what goes and nothing else, then finishes the modification", () => {
    const run = scaleIn({});
    expect(run.states).toEqual(["started", "deleted"]);
    expect(run.requests.at(-1)).toEqual({ kind: "finish-modification", id: "m1" });
  });

  it("rolls the modification back when that fails, unless it is told not to", () => {
    const kinds = (parameters: object) => {
      const run = scaleIn(parameters, failing("lifecycle.delete"));
      expect(run.failure?.type).toBe("WorkflowFailed");
      return run.requests.map(({ kind }) => kind);
    };
    expect(kinds({}).at(-1)).toBe("rollback-modification");
    expect(kinds({ rollback_if_failed: false })).not.toContain("rollback-modification");
  });

  it("goes on whatever fails when it shall ignore failures", () => {
    const run = scaleIn({ ignore_failure: true }, failing("lifecycle.delete"));
    expect([run.failure, run.states]).toEqual([null, ["started", "deleted"]]);
  });

  it.each([
    ["down to none", -2, 0],
    ["up to the most that there may be", 1, 3],
  ])("or out may go %s", (_, delta, instances) => {
    const run = runProgram(
      workflow("scale_entity"),
      deployment([{ ...web, maxNumberOfInstances: 3 }], [instance("web_1"), instance("web_2")]),
      { scalable_entity_name: "web", delta },
      { answer: ({ kind }) => (kind === "start-modification" ? { ...modification, removed: [] } : []) },
    );
    const nodes = { web: { instances, removed_ids_include_hint: [], removed_ids_exclude_hint: [] } };
    expect(run.requests).toContainEqual({ kind: "start-modification", nodes, preview: false });
  });
});
