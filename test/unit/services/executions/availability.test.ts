import { describe, expect, it } from "vitest";
import { isAvailable } from "../../../../src/services/executions/availability.ts";

const deployment = (...instanceStates: string[]) => ({ instanceStates, nodeTypes: new Set(["cloudify.nodes.Root"]) });
const active = (...words: string[]) => ({ node_instances_active: words });

describe("a workflow", () => {
  it.each([
    ["without rules", null, deployment(), true],
    ["that is switched off", { available: false }, deployment(), false],
    ["for what is all started", active("all"), deployment("started", "started"), true],
    ["for what is all started", active("all"), deployment("started", "stopped"), false],
    ["for what is all started, on nothing", active("all"), deployment(), true],
    ["for what is partly there", active("partial"), deployment("started", "uninitialized"), true],
    ["for what is partly there", active("partial"), deployment("uninitialized", "deleted"), false],
    ["for what is partly there", active("partial"), deployment("started"), false],
    ["for what is not started", active("none"), deployment("uninitialized", "stopped"), true],
    ["for what is not started", active("none"), deployment("started", "stopped"), false],
    ["for either of two", active("none", "partial"), deployment("started", "stopped"), true],
    ["for a type that is there", { node_types_required: ["cloudify.nodes.Root"] }, deployment(), true],
    ["for a type that is not there", { node_types_required: ["cloudify.nodes.Compute"] }, deployment(), false],
    ["for all of its rules", { ...active("none"), node_types_required: ["x"] }, deployment("stopped"), false],
  ])("%s: %j on %j is %s", (_, rules, shape, available) => {
    expect(isAvailable(rules, shape)).toBe(available);
  });

  it("with a rule nobody knows is refused by name", () => {
    expect(() => isAvailable(active("some"), deployment())).toThrow("Unknown value for node_instances_active: some");
  });
});
