import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/api/resources.ts";
import { type InstanceView, operationOf } from "../../../../src/workflow/index.ts";
import { deployment, instance, node, workflow } from "../deployments.ts";
import { runProgram } from "../simulated-worker.ts";

const OPERATIONS = [
  "lifecycle.start",
  "lifecycle.poststart",
  "lifecycle.prestop",
  "lifecycle.stop",
  "host.get_state",
  ...["create", "start", "stop", "stop_amqp", "delete"].map((name) => `cloudify_agent.${name}`),
  ...["install", "start", "stop", "uninstall"].map((name) => `monitoring_agent.${name}`),
];

/** What a workflow calls on a host, in its order; the host is up when it is asked the second time. */
function called(name: string, state: InstanceView["state"], properties: JsonObject, operations = OPERATIONS) {
  const compute = { typeHierarchy: ["cloudify.nodes.Root", "cloudify.nodes.Compute"], properties };
  const calls: string[] = [];
  const run = runProgram(
    workflow(name),
    deployment([node("vm", operations, compute)], [instance("vm_1", { state })]),
    {},
    {
      outcomeOf: ({ work }) => {
        calls.push(operationOf(work)?.replace("cloudify.interfaces.", "") ?? "");
        return { succeeded: true, result: calls.filter((one) => one === "host.get_state").length === 2 };
      },
    },
  );
  return { calls, told: run.told };
}

describe("a host that starts", () => {
  const AWAITED = ["lifecycle.start", "host.get_state", "host.get_state"];
  const MONITORED = ["monitoring_agent.install", "monitoring_agent.start", "lifecycle.poststart"];
  it.each([
    ["remote", { agent_config: { install_method: "remote" } }, ["cloudify_agent.create"]],
    ["said nothing of", {}, ["cloudify_agent.create"]],
    [
      "init_script",
      { cloudify_agent: { install_method: "init_script" } },
      ["cloudify_agent.create", "cloudify_agent.start"],
    ],
    ["plugin", { agent_config: { install_method: "plugin" } }, ["cloudify_agent.create", "cloudify_agent.start"]],
    ["none", { agent_config: { install_method: "none" } }, []],
    ["empty, with install_agent false", { agent_config: { install_method: "" }, install_agent: false }, []],
  ])("is waited for, then gets its agent, whose method is %s", (_, properties, agent) => {
    expect(called("install", "uninitialized", properties).calls).toEqual([...AWAITED, ...agent, ...MONITORED]);
  });

  it("is told to get an agent even when nothing of ours brings it there", () => {
    const { told } = called("install", "uninitialized", {}, ["lifecycle.start"]);
    expect(told).toEqual(expect.arrayContaining(["Creating agent", "Agent created"]));
    expect(told).not.toContain("Waiting for agent to start");
  });
});

describe("a host that stops", () => {
  const BEFORE = ["lifecycle.prestop", "monitoring_agent.stop", "monitoring_agent.uninstall"];
  it.each([
    ["remote", {}, ["cloudify_agent.stop", "cloudify_agent.delete"]],
    ["plugin", { agent_config: { install_method: "plugin" } }, ["cloudify_agent.stop_amqp", "cloudify_agent.delete"]],
    ["none", { agent_config: { install_method: "none" } }, []],
  ])("loses its agents first, where the method is %s", (_, properties, agent) => {
    expect(called("uninstall", "started", properties).calls).toEqual([...BEFORE, ...agent, "lifecycle.stop"]);
  });
});
