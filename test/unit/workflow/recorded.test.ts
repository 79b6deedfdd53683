import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import {
  BUILT_IN_WORKFLOWS,
  type DeploymentView,
  type InstanceView,
  instanceOf,
  type Modification,
  type NodeView,
  operationOf,
  type Request,
  type Task,
  type UpdateChanges,
} from "../../../src/workflow/index.ts";
import { failed, runProgram, succeeded } from "./simulated-worker.ts";

/** A deployment and the tasks that workflows on it are made of: `after` and `subgraph` are numbers of other tasks. */
interface Recorded {
  nodes: NodeView[];
  steps: {
    workflow: string;
    parameters: JsonObject;
    instances: InstanceView[];
    /** The instances that a deployment modification led to. */
    after?: InstanceView[];
    removed?: string[];
    /** What a deployment update made of the nodes, and does to the instances. */
    nodes?: NodeView[];
    changes?: UpdateChanges;
    operations: RecordedTask[];
  }[];
}

interface RecordedTask {
  n: number;
  graph: string;
  type: string;
  name: string;
  state: string;
  instance?: string;
  operation?: string;
  set_state?: string;
  event?: string;
  related?: string;
  subgraph?: number;
  after: number[];
}

const folder = join(import.meta.dirname, "recorded");
const recorded = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Recorded;

/** Each task in words, with the words of its subgraph and of what it waits for, and its state in the end: the same for equal runs. */
function inWords(
  tasks: { id: string | number; words: string; subgraph: unknown; after: readonly unknown[]; state: string }[],
) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const label = (id: unknown): string => {
    const task = byId.get(id as string);
    return task
      ? `${task.subgraph === undefined || task.subgraph === null ? "" : `${label(task.subgraph)} / `}${task.words}`
      : "?";
  };
  return tasks.map((task) => `${label(task.id)} <- ${task.after.map(label).sort().join(" & ")} (${task.state})`).sort();
}

const words = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(" ");

const ofRecording = (tasks: RecordedTask[]) =>
  inWords(
    tasks.map(({ n, graph, type, name, state, instance, operation, set_state, event, related, subgraph, after }) => ({
      id: n,
      words: words(graph, type, name, instance, operation, set_state, event, related),
      subgraph,
      after,
      state,
    })),
  );

const ofGraphs = (graphs: Map<string, Task[]>) =>
  inWords(
    [...graphs].flatMap(([graph, tasks]) =>
      tasks.map(({ id, name, work, subgraph, dependencies, state }) => ({
        id,
        words: words(
          graph,
          work.type,
          name,
          instanceOf(work),
          operationOf(work),
          work.type === "SetNodeInstanceStateTask" ? work.state : null,
          work.type === "SendNodeEventTask" ? work.event : null,
          work.type === "RemoteWorkflowTask" ? work.call.related?.nodeInstanceId : null,
        ),
        subgraph,
        after: dependencies,
        state,
      })),
    ),
  );

/** Workflows whose function has another name. */
const FUNCTIONS: Record<string, string> = {
  heal: "cloudify.plugins.workflows.auto_heal_reinstall_node_subgraph",
  scale: "cloudify.plugins.workflows.scale_entity",
  update: "cloudify_system_workflows.deployment_update.workflow.update_deployment",
};

function modify({ after = [], removed = [] }: Recorded["steps"][number], view: DeploymentView): Modification {
  const before = new Map(view.instances.map((instance) => [instance.id, instance]));
  const now = after.map((instance) => ({ ...instance, state: before.get(instance.id)?.state ?? "uninitialized" }));
  const gone = view.instances.filter(({ id }) => removed.includes(id));
  view.instances = [...now, ...gone];
  return {
    id: "m1",
    status: "started",
    executionId: "E1",
    added: now.map((instance) => ({ ...instance, modification: before.has(instance.id) ? null : "added" })),
    removed: gone.map((instance) => ({ ...instance, modification: "removed" })),
  };
}

function answerOf(step: Recorded["steps"][number], { kind }: Request, view: DeploymentView): unknown {
  if (kind === "list-started-modifications") return [];
  return kind === "start-modification" ? modify(step, view) : step.changes;
}

describe.each(readdirSync(folder).map((file) => file.replace(".json", "")))("the deployment %s", (name) => {
  const { nodes, steps } = recorded(name);
  it.each(steps.map((step, at) => ({ at, ...step })))("has the tasks of $workflow ($at)", (step) => {
    const workflow = BUILT_IN_WORKFLOWS[FUNCTIONS[step.workflow] ?? `cloudify.plugins.workflows.${step.workflow}`];
    expect(workflow).toBeDefined();
    if (!workflow) return;
    const view = {
      id: "D1",
      nodes: step.nodes ?? nodes,
      instances: structuredClone(step.instances),
      scalingGroups: {},
    };
    const { graphs } = runProgram(workflow, view, step.parameters, {
      outcomeOf: ({ work }) => {
        const is = (one: RecordedTask) => one.instance === instanceOf(work) && one.operation === operationOf(work);
        return step.operations.find(is)?.state === "failed" ? failed("no", "non-recoverable") : succeeded;
      },
      answer: (request, changed) => answerOf(step, request, changed),
    });
    expect(ofGraphs(graphs)).toEqual(ofRecording(step.operations));
  });
});
