import { describe, expect, it } from "vitest";
import type { Program, ProgramContext } from "../../../src/workflow/index.ts";
import { updateChanged } from "../../../src/workflow/workflows/update-changed.ts";
import { chain, deployment, failing, instance, node } from "./deployments.ts";
import { runProgram } from "./simulated-worker.ts";

const NOTHING = { added: [], removed: [], extended: [], reduced: [], workflowParameters: {} };

const updating = (changed: string[]) =>
  function* (context: ProgramContext): Program {
    yield* updateChanged(context, { ...NOTHING, changed });
    return undefined;
  };

describe("instances whose nodes an update has changed", () => {
  const operations = ["lifecycle.update", "lifecycle.create", "lifecycle.delete"];
  const update = (outcomeOf = failing(), parameters = {}) => {
    const view = chain([node("a", operations), node("b", operations)]);
    return runProgram(updating(["a_1", "b_1"]), view, parameters, { outcomeOf });
  };

  it("are updated in place, after what they depend on", () => {
    const run = update();
    expect([...run.graphs.keys()]).toEqual(["update"]);
    expect(run.told.filter((text) => text.startsWith("Subgraph started"))).toEqual([
      "Subgraph started 'update_a_1'",
      "Subgraph started 'update_b_1'",
    ]);
  });

  it("are reinstalled when that fails, unless nothing may be", () => {
    const graphs = (parameters: object) => [...update(failing("lifecycle.update"), parameters).graphs.keys()];
    expect(graphs({})).toEqual(["update", "reinstall-uninstall", "reinstall-install"]);
    expect(graphs({ skip_reinstall: true })).toEqual(["update"]);
  });

  it("are reinstalled when even their drift cannot be checked", () => {
    const view = deployment([node("a", ["lifecycle.check_drift", ...operations])], [instance("a_1")]);
    const run = runProgram(updating(["a_1"]), view, {}, { outcomeOf: failing("lifecycle.check_drift") });
    expect([...run.graphs.keys()]).toEqual(["update_check_drift", "reinstall-uninstall", "reinstall-install"]);
  });

  it("have not drifted any more once they are updated", () => {
    const view = deployment([node("a", ["lifecycle.check_drift", ...operations])], [instance("a_1")]);
    const run = runProgram(updating([]), view, {}, { outcomeOf: () => ({ succeeded: true, result: "size" }) });
    expect(run.requests.at(-1)).toEqual({
      kind: "update-system-properties",
      nodeInstanceId: "a_1",
      properties: { configuration_drift: null },
    });
  });
});

describe("relationships of an updated deployment", () => {
  const update = (result: string | null) => {
    const view = chain([node("a"), node("b")], ["check_drift", "update"]);
    const record = (side: string) => `${side}_relationships_configuration_drift`;
    const [a, b] = view.instances;
    const entry = { ok: true, result };
    if (a) a.systemProperties = { [record("target")]: { b_1: entry } };
    if (b) b.systemProperties = { [record("source")]: { a_1: entry } };
    return runProgram(updating([]), view, { skip_drift_check: true }).told;
  };

  it("are updated on both sides where they have drifted, and their instance is not", () => {
    expect(update("size")).toEqual([
      "Subgraph started 'update_b_1'",
      "Updating node instance",
      "Sending task 'script_runner.tasks.run'",
      "Task succeeded 'script_runner.tasks.run'",
      "Sending task 'script_runner.tasks.run'",
      "Task succeeded 'script_runner.tasks.run'",
      "Node instance updated",
      "Subgraph succeeded 'update_b_1'",
    ]);
  });

  it("stay as they are when they have not drifted", () => {
    expect(update(null)).toEqual([]);
  });
});
