import type { Page } from "../../api/paging.ts";
import type { Client } from "../../client/client.ts";
import { ConnectionError } from "../../client/errors.ts";
import type { CallOptions } from "../../client/rest.ts";
import { type Cluster, type ClusterNode, NODE_KINDS, type NodeKind, type Profile } from "./profile.ts";

interface Found {
  hostname: string;
  host_ip: string;
}

/** The hosts of a cluster as the manager knows them, by what they do. */
export async function readCluster(
  client: Client,
  profile: Profile,
  options: CallOptions,
): Promise<Record<NodeKind, Found[]>> {
  const managers = await client.manager.managers({}, options).catch(unlisted);
  const brokers = await client.manager.brokers(options).catch(unlisted);
  const databases = await client.manager.dbNodes(options).catch(unlisted);
  // On the manager itself its public address may not be reachable.
  const inside = profile.name === "manager-local";
  return {
    manager: reachable(managers, ({ hostname, public_ip, private_ip }) => ({
      hostname,
      host_ip: (inside ? private_ip : public_ip) || private_ip,
    })),
    broker: reachable(brokers, ({ name, host }) => ({ hostname: name, host_ip: host })),
    db: reachable(databases, ({ name, host }) => ({ hostname: name, host_ip: host })),
  };
}

/** Not every server lists its hosts. */
function unlisted(error: unknown): { items: never[] } {
  if (error instanceof ConnectionError && error.kind === "protocol") return { items: [] };
  throw error;
}

/** Nor does every one name them or say where they are; one that cannot be gone to is of no use in a profile. */
function reachable<Item>({ items }: Pick<Page<Item>, "items">, found: (item: Item) => Partial<Found>): Found[] {
  return items
    .map(found)
    .flatMap(({ hostname, host_ip }) => (host_ip ? [{ hostname: hostname || host_ip, host_ip }] : []));
}

/** The profile's cluster brought up to date: settings of known hosts stay, new ones are added, others go. */
export function mergedCluster(
  cluster: Cluster,
  found: Record<NodeKind, Found[]>,
): { cluster: Cluster; added: ClusterNode[] } {
  const merged: Cluster = {};
  const added: ClusterNode[] = [];
  for (const kind of NODE_KINDS) {
    const known = (cluster[kind] ?? []).filter((node) =>
      found[kind].some(({ hostname }) => hostname === node.hostname),
    );
    const fresh = found[kind]
      .filter(({ hostname }) => !known.some((node) => node.hostname === hostname))
      .map((node): ClusterNode => ({ ...node, host_type: kind }));
    added.push(...fresh);
    const nodes = [...known, ...fresh];
    if (nodes.length > 0) merged[kind] = nodes;
  }
  return { cluster: merged, added };
}

export const countNodes = (cluster: Cluster): number =>
  NODE_KINDS.reduce((count, kind) => count + (cluster[kind]?.length ?? 0), 0);
