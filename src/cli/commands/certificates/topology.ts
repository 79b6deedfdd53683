import type { Client } from "../../../client/index.ts";

/** The hosts whose certificates there are to replace. */
export interface Topology {
  managers: string[];
  databases: string[];
  brokers: string[];
}

export async function topologyOf(client: Client, signal: AbortSignal): Promise<Topology> {
  const managers = await client.manager.managers({}, { signal });
  const brokers = await client.manager.brokers({ signal });
  const databases = await client.manager.dbNodes({ signal });
  return {
    managers: managers.items.map(({ private_ip }) => private_ip),
    databases: databases.items.map(({ host }) => host),
    brokers: brokers.items.map(({ host }) => host),
  };
}

/** One host is all of it. */
export const isAllInOne = ({ managers, databases, brokers }: Topology): boolean =>
  [managers, databases, brokers].every(({ length }) => length === 1) &&
  new Set([...managers, ...databases, ...brokers]).size === 1;
