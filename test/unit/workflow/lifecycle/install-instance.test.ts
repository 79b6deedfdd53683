import { describe, expect, it } from "vitest";
import { chain, deployment, instance, node, workflow } from "../deployments.ts";
import { runProgram } from "../simulated-worker.ts";

const NOTHING = "Node instance started (nothing to do)";

describe("an instance that is installed", () => {
  it.each([
    "validation.create",
    "lifecycle.precreate",
    "lifecycle.create",
    "lifecycle.configure",
    "lifecycle.start",
    "lifecycle.poststart",
    "monitoring.start",
  ])("goes through its steps when %s is all that it has", (operation) => {
    const view = deployment([node("app", [operation])], [instance("app_1", { state: "uninitialized" })]);
    const { told } = runProgram(workflow("install"), view, {});
    expect(told).toContain("Sending task 'script_runner.tasks.run'");
    expect(told).not.toContain(NOTHING);
  });

  it.each(["preconfigure", "postconfigure", "establish"])(
    "goes through its steps when %s of a relationship is all that it has",
    (operation) => {
      const view = chain([node("a"), node("b")], [operation], "uninitialized");
      const { told } = runProgram(workflow("install"), view, {});
      // One per side; the target itself has nothing to do.
      expect(told.filter((text) => text.startsWith("Sending task"))).toHaveLength(2);
      expect(told.filter((text) => text === NOTHING)).toHaveLength(1);
    },
  );

  it("is healthy and as configured until a check says otherwise", () => {
    const view = deployment([node("app", ["lifecycle.start"])], [instance("app_1", { state: "uninitialized" })]);
    runProgram(workflow("install"), view, {});
    expect(view.instances[0]?.state).toBe("started");
    expect(view.instances[0]?.systemProperties).toEqual({ status: { ok: true, result: null, task: null } });
  });
});
