import { expect, it } from "vitest";
import type { InstanceView } from "../../../../src/workflow/index.ts";
import { chain, node, workflow } from "../deployments.ts";
import { runProgram } from "../simulated-worker.ts";

it("a heal that is resumed reinstalls what it had uninstalled, and nothing that stayed", () => {
  const heal = workflow("auto_heal_reinstall_node_subgraph");
  const deploymentOf = (stateOfA: InstanceView["state"]) => {
    const view = chain([node("a", ["lifecycle.create"]), node("b", ["lifecycle.create"])], ["unlink"]);
    for (const one of view.instances) if (one.id === "a_1") one.state = stateOfA;
    return view;
  };
  const first = runProgram(heal, deploymentOf("started"), { node_instance_id: "a_1", force_reinstall: true });
  const begun = first.graphs.get("reinstall-uninstall") ?? [];
  expect(begun.map(({ name }) => name)).toEqual(expect.arrayContaining(["a_1", "stub_b_1"]));

  const view = deploymentOf("deleted");
  const resumed = runProgram(heal, view, {}, { resume: true, storedGraphs: new Map([["reinstall-uninstall", begun]]) });
  const installed = resumed.graphs.get("reinstall-install")?.map(({ name }) => name);
  expect(installed).toContain("install_a_1");
  expect(installed).not.toContain("install_b_1");
  expect(view.instances.map(({ state }) => state)).toEqual(["started", "started"]);
});
