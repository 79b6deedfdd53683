import type { Client } from "../../../client/client.ts";
import type { Context } from "../../context.ts";
import { activeProfile } from "../../profiles/active.ts";
import { LOCAL } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { profileStore } from "../../profiles/store.ts";
import { updateCluster } from "../profiles/update-cluster.ts";

/** The client, after the profile has been brought up to date: whoever looks at a cluster may be about to need that. */
export async function refreshedClient(ctx: Context): Promise<Client> {
  const profiles = profileStore(cloudifyRoot(ctx.env));
  const name = await activeProfile(ctx.env, profiles);
  const client = ctx.client();
  if (name !== LOCAL) await updateCluster(ctx, client, profiles, await profiles.get(name));
  return client;
}
