import { describe, expect, it } from "vitest";
import {
  DeploymentIndex,
  type DeploymentView,
  type NodeRelationshipView,
  type Task,
} from "../../../../src/workflow/index.ts";
import {
  installGraph,
  type LifecycleRequest,
  uninstallGraph,
} from "../../../../src/workflow/lifecycle/lifecycle-graph.ts";
import { deployment, instance, node, script } from "../deployments.ts";
import { counter } from "../simulated-worker.ts";

const LIFECYCLE = "cloudify.interfaces.relationship_lifecycle";

/** A relationship whose operations tell by their task which relationship they are of. */
const relationship = (targetId: string, type: string, operations = ["establish", "unlink"]): NodeRelationshipView => ({
  targetId,
  type,
  typeHierarchy: [type],
  properties: {},
  sourceOperations: Object.fromEntries(
    operations.map((name) => [`${LIFECYCLE}.${name}`, { ...script, operation: `${type}.${name}` }]),
  ),
  targetOperations: {},
});

/** `app` stays and is related to two others in this order. */
function appOfTwo(first: NodeRelationshipView, second: NodeRelationshipView): DeploymentView {
  const relationships = [first, second];
  const ofInstance = relationships.map(({ targetId, type }) => ({
    targetId: `${targetId}_1`,
    targetNodeId: targetId,
    type,
  }));
  return deployment(
    [node("db"), node("web"), node("app", [], { relationships })],
    [instance("db_1"), instance("web_1"), instance("app_1", { relationships: ofInstance })],
  );
}

const request = (view: DeploymentView, ids: string[]): LifecycleRequest => ({
  index: new DeploymentIndex(view),
  instances: view.instances.filter(({ id }) => ids.includes(id)),
  intact: view.instances.filter(({ id }) => !ids.includes(id)),
  builder: { newId: counter() },
});

/** The operations in the order in which the graph lets them run. */
function called(tasks: Task[]): string[] {
  const operations = tasks.filter(({ work }) => work.type === "RemoteWorkflowTask");
  const waitsFor = (task: Task, other: Task): boolean =>
    task.dependencies.includes(other.id) ||
    task.dependencies.some((id) => {
      const between = tasks.find((one) => one.id === id && one.id !== task.subgraph);
      return between !== undefined && waitsFor(between, other);
    });
  return operations
    .sort((one, other) => (waitsFor(one, other) ? 1 : waitsFor(other, one) ? -1 : 0))
    .map(({ name }) => name);
}

describe("an instance that stays", () => {
  const view = () => appOfTwo(relationship("db", "to_db"), relationship("web", "to_web"));

  it("establishes its relationships to those that come, first to last", () => {
    expect(called(installGraph(request(view(), ["db_1", "web_1"])))).toEqual(["to_db.establish", "to_web.establish"]);
  });

  it("unlinks its relationships from those that go, last to first", () => {
    expect(called(uninstallGraph(request(view(), ["db_1", "web_1"])))).toEqual(["to_web.unlink", "to_db.unlink"]);
  });

  it("leaves its relationships to those that stay alone", () => {
    expect(called(uninstallGraph(request(view(), ["db_1"])))).toEqual(["to_db.unlink"]);
  });

  it("unlinks before the other goes, and whatever becomes of that", () => {
    const tasks = uninstallGraph(request(view(), ["db_1"]));
    const named = (name: string) => tasks.find((task) => task.name === name);
    expect(named("db_1")?.dependencies).toEqual([named("stub_app_1")?.id]);
    expect(named("to_db.unlink")?.onFailure).toBe("ignore");
  });
});

describe("a relationship", () => {
  it("of one type calls nothing of another type to the same node", () => {
    const view = appOfTwo(relationship("db", "reads", []), relationship("db", "writes", ["establish"]));
    for (const one of view.instances) one.state = "uninitialized";
    expect(called(installGraph(request(view, ["db_1", "app_1"])))).toEqual(["writes.establish"]);
  });

  it("to an instance that has gone is left out", () => {
    const view = appOfTwo(relationship("db", "to_db"), relationship("web", "to_web"));
    view.instances = view.instances.filter(({ id }) => id !== "web_1");
    expect(called(uninstallGraph(request(view, ["db_1", "app_1"])))).toEqual(["to_db.unlink"]);
  });
});
