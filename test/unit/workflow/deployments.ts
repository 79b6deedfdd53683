import {
  BUILT_IN_WORKFLOWS,
  type DeploymentView,
  type InstanceView,
  type NodeRelationshipView,
  type NodeView,
  type OperationView,
  operationOf,
  type Task,
  type TaskOutcome,
} from "../../../src/workflow/index.ts";
import { failed, succeeded } from "./simulated-worker.ts";

export const script: OperationView = {
  operation: "script_runner.tasks.run",
  plugin: "script",
  executor: "central_deployment_agent",
  inputs: { word: "hello" },
  hasIntrinsicFunctions: false,
  maxRetries: 0,
  retryInterval: null,
  timeout: null,
  timeoutRecoverable: null,
};

export const node = (id: string, operations: string[] = [], more: Partial<NodeView> = {}): NodeView => ({
  id,
  type: "cloudify.nodes.Root",
  typeHierarchy: ["cloudify.nodes.Root"],
  hostId: null,
  properties: {},
  operations: Object.fromEntries(operations.map((name) => [`cloudify.interfaces.${name}`, script])),
  relationships: [],
  numberOfInstances: 1,
  plannedNumberOfInstances: 1,
  ...more,
});

export const instance = (id: string, more: Partial<InstanceView> = {}): InstanceView => ({
  id,
  nodeId: id.split("_")[0] ?? id,
  hostId: null,
  index: 1,
  state: "started",
  runtimeProperties: {},
  systemProperties: {},
  relationships: [],
  scalingGroups: [],
  ...more,
});

export const deployment = (nodes: NodeView[], instances: InstanceView[]): DeploymentView => ({
  id: "D1",
  nodes,
  instances,
  scalingGroups: {},
});

export const workflow = (name: string) => {
  const found = BUILT_IN_WORKFLOWS[`cloudify.plugins.workflows.${name}`];
  if (!found) throw new Error(`no workflow ${name}`);
  return found;
};

export const failing =
  (...operations: string[]) =>
  ({ work }: Task): TaskOutcome =>
    operations.includes(operationOf(work)?.replace("cloudify.interfaces.", "") ?? "") ? failed("no") : succeeded;

/** Each instance depends on the one before it, by a relationship with these operations on both sides. */
export function chain(nodes: NodeView[], operations: string[] = [], states: InstanceView["state"] = "started") {
  const both = Object.fromEntries(
    operations.map((name) => [`cloudify.interfaces.relationship_lifecycle.${name}`, script]),
  );
  const linked = nodes.map((one, at) => {
    const target = nodes[at - 1];
    if (!target) return { one, relationships: [], ofInstance: [] };
    const type = "cloudify.relationships.depends_on";
    const view: NodeRelationshipView = {
      targetId: target.id,
      type,
      typeHierarchy: [type],
      properties: {},
      sourceOperations: both,
      targetOperations: both,
    };
    return {
      one,
      relationships: [view],
      ofInstance: [{ targetId: `${target.id}_1`, targetNodeId: target.id, type }],
    };
  });
  return deployment(
    linked.map(({ one, relationships }) => ({ ...one, relationships })),
    linked.map(({ one, ofInstance }) => instance(`${one.id}_1`, { state: states, relationships: ofInstance })),
  );
}
