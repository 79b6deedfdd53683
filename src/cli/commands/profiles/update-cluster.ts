import type { Client } from "../../../client/client.ts";
import type { Context } from "../../context.ts";
import { counted } from "../../output/counted.ts";
import { countNodes, mergedCluster, readCluster } from "../../profiles/cluster-nodes.ts";
import type { Profile } from "../../profiles/profile.ts";
import type { ProfileStore } from "../../profiles/store.ts";

/** Asks the manager for the hosts of its cluster and keeps them in the profile, to go on with when one is down. */
export async function updateCluster(
  ctx: Context,
  client: Client,
  profiles: ProfileStore,
  profile: Profile,
): Promise<void> {
  const found = await readCluster(client, profile, { signal: ctx.signal });
  const { cluster, added } = mergedCluster(profile.cluster, found);
  await profiles.save({ ...profile, cluster });
  for (const node of added) ctx.notice(`Adding ${node.host_type} ${node.hostname} (${node.host_ip})`);
  const nodes = countNodes(cluster);
  if (nodes > 0) ctx.notice(`The profile knows ${counted(nodes, "node")} of the cluster`);
}
