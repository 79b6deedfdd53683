import type { NodeInstanceState } from "../../api/statuses.ts";
import type { InstanceView } from "../deployment-view.ts";
import type { Step, Subgraph } from "../graph-builder.ts";
import type { CheckRecord, TaskId } from "../task.ts";
import type { DeploymentIndex, Relationship } from "./deployment-index.ts";
import { addOperation, addRelationshipOperation, type OperationSettings, SIDES, type Side } from "./operation-tasks.ts";

/** What surrounds an operation in an instance's sequence. */
export interface Surroundings {
  /** Event, and state, side by side before the operation. */
  before?: string;
  stateBefore?: NodeInstanceState;
  /** The same after it. */
  after?: string;
  stateAfter?: NodeInstanceState;
  /** Event in place of all of it when nothing implements the operation. */
  otherwise?: string;
  settings?: OperationSettings;
}

/** A started instance is healthy until a check says otherwise; a configured one has not drifted. */
const RESETS: Partial<Record<NodeInstanceState, CheckRecord>> = {
  started: { check: "status", reset: true },
  configured: { check: "configuration_drift", reset: true },
};

/** The steps of one instance's life inside its subgraph, one after another. */
export class InstanceSteps {
  readonly subgraph: Subgraph;
  readonly index: DeploymentIndex;
  readonly instance: InstanceView;
  readonly #settings: OperationSettings;
  readonly #steps: Step[] = [];
  readonly #operations = new Map<string, number>();

  constructor(subgraph: Subgraph, index: DeploymentIndex, instance: InstanceView, settings: OperationSettings = {}) {
    this.subgraph = subgraph;
    this.index = index;
    this.instance = instance;
    this.#settings = settings;
  }

  /** An event and a state side by side; both are optional. */
  mark(event: string | undefined, state?: NodeInstanceState): void {
    const { subgraph, instance } = this;
    const tasks: TaskId[] = [];
    if (event) tasks.push(subgraph.nodeEvent(instance.id, event));
    if (state) tasks.push(subgraph.setState(instance.id, state, { record: RESETS[state] ?? null }));
    this.#steps.push(tasks);
  }

  operation(name: string, around: Surroundings = {}): void {
    if (!this.index.implementation(this.instance, name)) {
      this.mark(around.otherwise);
      return;
    }
    this.mark(around.before, around.stateBefore);
    const settings = { ...this.#settings, ...around.settings };
    const task = addOperation(this.subgraph, this.index, this.instance, name, settings);
    if (task) this.#operations.set(name, this.#steps.push(task) - 1);
    this.mark(around.after, around.stateAfter);
  }

  /**
   * The operation of the instance's relationships, in a subgraph of their own: grouped by target node, groups one
   * after another, side by side inside a group.
   */
  relationships(name: string, around: { before?: string; after?: string; reverse?: boolean }): void {
    const groups = groupByTarget(this.index.relationshipsOf(this.instance));
    if (!groups.flat().some((relationship) => hasOperation(relationship, name))) return;
    this.mark(around.before);
    const subgraph = this.subgraph.subgraph(`${name}_subgraph`);
    const steps = groups.map((group) =>
      group.flatMap((relationship) =>
        SIDES.map((side) => addRelationshipOperation(subgraph, relationship, side, name, this.#settings)).filter(
          isTask,
        ),
      ),
    );
    subgraph.builder.sequence(around.reverse ? steps.reverse() : steps);
    this.#steps.push(subgraph.id);
    this.mark(around.after);
  }

  /** The operation of one side of one relationship, if anything implements it. */
  side(relationship: Relationship, side: Side, name: string): void {
    const task = addRelationshipOperation(this.subgraph, relationship, side, name, this.#settings);
    if (task) this.#steps.push(task);
  }

  /** Chains the steps. Returns what follows an operation, for those who wait for just that. */
  finish(): (operation: string) => readonly TaskId[] {
    this.subgraph.builder.sequence(this.#steps);
    return (operation) => {
      const at = this.#operations.get(operation);
      if (at === undefined) return [];
      const next = this.#steps.slice(at + 1).find((step) => step.length > 0);
      return typeof next === "string" ? [next] : (next ?? []);
    };
  }
}

const isTask = (id: TaskId | null): id is TaskId => id !== null;

export const hasOperation = ({ view }: Relationship, name: string): boolean =>
  Boolean(view.sourceOperations[name]?.operation || view.targetOperations[name]?.operation);

function groupByTarget(relationships: Relationship[]): Relationship[][] {
  const groups: Relationship[][] = [];
  for (const relationship of relationships) {
    const last = groups.at(-1);
    if (last?.[0]?.target.nodeId === relationship.target.nodeId) last.push(relationship);
    else groups.push([relationship]);
  }
  return groups;
}
