// What follows from how nodes stand to each other: circles, hosts, and the plugins each of them needs.
import { logicError } from "../errors.ts";
import { atKeys } from "../path.ts";
import type { PlanNode, PlanOperations, PlanPlugin } from "../plan.ts";
import type { ElementContext } from "./context.ts";
import type { Plugins } from "./plugins.ts";
import { isContainedIn } from "./relationships.ts";

/** Reports relationships that lead in a circle. @returns whether there are any */
export function reportNodeCircle(nodes: readonly PlanNode[], context: ElementContext): boolean {
  const circle = findCircle(
    new Map(nodes.map((node) => [node.id, node.relationships.map(({ target_id }) => target_id)])),
  );
  if (!circle) return false;
  context.report(
    logicError(100, `relationships lead in a circle: ${circle.join(" -> ")}`, {
      at: atKeys(null, "node_templates", circle[0] ?? "", "relationships"),
      hint: "remove one of them",
    }),
  );
  return true;
}

/** A circle of the graph, its first element repeated at the end. Walks with a stack of its own: chains may be long. */
export function findCircle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const way = [start];
    const nextEdge = [0];
    const onWay = new Set(way);
    while (way.length > 0) {
      const current = way.at(-1) as string;
      const index = nextEdge.at(-1) as number;
      const target = edges.get(current)?.[index];
      if (done.has(current) || target === undefined) {
        done.add(current);
        onWay.delete(current);
        way.pop();
        nextEdge.pop();
        continue;
      }
      nextEdge[nextEdge.length - 1] = index + 1;
      if (onWay.has(target)) return [...way.slice(way.indexOf(target)), target];
      if (done.has(target)) continue;
      way.push(target);
      nextEdge.push(0);
      onWay.add(target);
    }
  }
  return undefined;
}

/** Sets `host_id`: a host's own name, else that of the node that contains it. */
export function assignHosts(nodes: readonly PlanNode[]): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hostless = new Set<PlanNode>();
  for (const node of nodes) {
    const chain: PlanNode[] = [];
    let current: PlanNode | undefined = node;
    while (current && current.host_id === undefined && !hostless.has(current) && chain.length <= nodes.length) {
      chain.push(current);
      current = byId.get(current.relationships.find(isContainedIn)?.target_id ?? "");
    }
    const host = current?.host_id;
    for (const link of chain) {
      if (host === undefined) hostless.add(link);
      else link.host_id = host;
    }
  }
}

/** Sets the plugins of each node, and of each host what its agent must have. */
export function assignPlugins(nodes: readonly PlanNode[], plugins: Plugins, context: ElementContext): void {
  const needed = new Map<string, Map<string, PlanPlugin>>();
  const need = (nodeId: string, operations: PlanOperations) => {
    for (const name in operations) {
      const { plugin, executor } = operations[name] as PlanOperations[string];
      const declared = plugins.byName.get(plugin);
      if (!declared || executor === null) continue;
      const ofNode = entryOf(needed, nodeId);
      const key = `${plugin}@${executor}`;
      if (!ofNode.has(key)) ofNode.set(key, { ...declared, executor });
    }
  };
  for (const node of nodes) {
    need(node.id, node.operations);
    for (const relationship of node.relationships) {
      need(node.id, relationship.source_operations);
      need(relationship.target_id, relationship.target_operations);
    }
  }
  const agentPlugins = new Map<string, Map<string, PlanPlugin>>();
  for (const node of nodes) {
    node.plugins = [...(needed.get(node.id)?.values() ?? [])];
    node.deployment_plugins_to_install = node.plugins.filter(({ executor }) => executor === "central_deployment_agent");
    const onHost = node.plugins.filter(({ executor }) => executor === "host_agent");
    if (onHost.length > 0 && node.host_id === undefined) reportHomeless(node, onHost, context);
    const ofHost = entryOf(agentPlugins, node.host_id ?? "");
    for (const plugin of onHost) ofHost.set(plugin.name, plugin);
  }
  for (const node of nodes) {
    if (node.host_id === node.id) node.plugins_to_install = [...(agentPlugins.get(node.id)?.values() ?? [])];
  }
}

function entryOf(all: Map<string, Map<string, PlanPlugin>>, key: string): Map<string, PlanPlugin> {
  const entry = all.get(key) ?? new Map<string, PlanPlugin>();
  all.set(key, entry);
  return entry;
}

function reportHomeless(node: PlanNode, plugins: readonly PlanPlugin[], context: ElementContext): void {
  const names = plugins.map(({ name }) => name).join(", ");
  context.report(
    logicError(24, `${node.id} runs operations of ${names} on its host's agent, and has no host`, {
      at: atKeys(null, "node_templates", node.id),
      hint: "contain it in a cloudify.nodes.Compute, or run them with executor: central_deployment_agent",
    }),
  );
}

/** Plugins of all nodes under one key, each once by name. */
export function unionOfPlugins(
  nodes: readonly PlanNode[],
  key: "plugins_to_install" | "deployment_plugins_to_install",
): PlanPlugin[] {
  const union = new Map<string, PlanPlugin>();
  for (const node of nodes) for (const plugin of node[key] ?? []) union.set(plugin.name, plugin);
  return [...union.values()];
}
