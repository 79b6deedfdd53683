import { describe, expect, it } from "vitest";
import { chooseQueued, type QueuedExecution } from "../../../../src/services/executions/choose-queued.ts";

const queued = (id: string, deployment_id: string | null, more: Partial<QueuedExecution> = {}): QueuedExecution => ({
  id,
  deployment_id,
  workflow_id: "install",
  is_system_workflow: false,
  created_at: `2026-01-01T00:00:0${id.length}.000Z`,
  groups: [],
  ...more,
});
const idle = { busyDeployments: new Set<string>(), activeCount: 0, groupRoom: new Map<string, number>() };

describe("the executions that leave the queue", () => {
  it("are one per deployment, in order of arrival", () => {
    expect(chooseQueued([queued("a1", "A"), queued("a2", "A"), queued("b1", "B")], idle)).toEqual(["a1", "b1"]);
  });

  it("are none of a deployment that is busy", () => {
    expect(chooseQueued([queued("a1", "A"), queued("b1", "B")], { ...idle, busyDeployments: new Set(["A"]) })).toEqual([
      "b1",
    ]);
  });

  it("create a deployment's environment before anything else on it", () => {
    const create = queued("a2", "A", { workflow_id: "create_deployment_environment" });
    expect(chooseQueued([queued("a1", "A"), create], idle)).toEqual(["a2"]);
  });

  it("are one workflow of the whole manager, alone", () => {
    const snapshot = queued("s", null, { is_system_workflow: true, workflow_id: "create_snapshot" });
    expect(chooseQueued([queued("a1", "A"), snapshot], idle)).toEqual(["s"]);
    const earlier = { ...snapshot, id: "t", created_at: "2025-12-31T00:00:00.000Z" };
    expect(chooseQueued([snapshot, earlier], idle)).toEqual(["t"]);
    expect(chooseQueued([earlier, snapshot], idle)).toEqual(["t"]);
  });

  it("wait while their group runs as many as it may", () => {
    const members = ["A", "B", "C"].map((deployment) =>
      queued(deployment.toLowerCase(), deployment, { groups: ["g"] }),
    );
    expect(chooseQueued(members, { ...idle, groupRoom: new Map([["g", 2]]) })).toEqual(["a", "b"]);
    expect(chooseQueued([...members, queued("d", "D")], { ...idle, groupRoom: new Map([["g", 0]]) })).toEqual(["d"]);
  });

  it("are at most five, and no more than the manager's limit leaves room for", () => {
    const many = Array.from({ length: 9 }, (_, n) => queued(`e${n}`, `D${n}`));
    expect(chooseQueued(many, idle)).toHaveLength(5);
    expect(chooseQueued(many, { ...idle, activeCount: 18 })).toHaveLength(2);
    expect(chooseQueued(many, { ...idle, activeCount: 20 })).toEqual([]);
  });
});
