import type {
  DeploymentView,
  InstanceRelationshipView,
  InstanceView,
  NodeRelationshipView,
  NodeView,
  OperationView,
} from "../deployment-view.ts";

/** A relationship of one instance with all that its operations need. */
export interface Relationship {
  source: InstanceView;
  target: InstanceView;
  view: NodeRelationshipView;
}

/** Finds nodes, instances and relationships of a deployment by id. */
export class DeploymentIndex {
  readonly view: DeploymentView;
  readonly #nodes: Map<string, NodeView>;
  readonly #instances: Map<string, InstanceView>;

  constructor(view: DeploymentView) {
    this.view = view;
    this.#nodes = new Map(view.nodes.map((node) => [node.id, node]));
    this.#instances = new Map(view.instances.map((instance) => [instance.id, instance]));
  }

  node(id: string): NodeView | undefined {
    return this.#nodes.get(id);
  }

  instance(id: string): InstanceView | undefined {
    return this.#instances.get(id);
  }

  /** @throws Error the plan lacks the node of one of its instances */
  nodeOf(instance: InstanceView): NodeView {
    const node = this.#nodes.get(instance.nodeId);
    if (!node) throw new Error(`Deployment ${this.view.id} has no node ${instance.nodeId}, which ${instance.id} is of`);
    return node;
  }

  /** In declared order. One whose target has gone, or that the plan no longer has, is left out. */
  relationshipsOf(source: InstanceView): Relationship[] {
    const node = this.nodeOf(source);
    return source.relationships.flatMap((relationship) => {
      const target = this.#instances.get(relationship.targetId);
      const view = node.relationships.find((declared) => isSame(declared, relationship));
      return target && view ? [{ source, target, view }] : [];
    });
  }

  /** The operation as the plan has it, if anything implements it. */
  implementation(instance: InstanceView, operation: string): OperationView | undefined {
    return implemented(this.nodeOf(instance).operations, operation);
  }
}

export const implemented = (operations: Record<string, OperationView>, operation: string): OperationView | undefined =>
  operations[operation]?.operation ? operations[operation] : undefined;

const isSame = (declared: NodeRelationshipView, relationship: InstanceRelationshipView): boolean =>
  declared.targetId === relationship.targetNodeId && declared.type === relationship.type;

export const isOfType = ({ typeHierarchy }: NodeView, type: string): boolean => typeHierarchy.includes(type);
