import type { Env } from "../context.ts";
import { activeProfile } from "./active.ts";
import { LOCAL } from "./profile.ts";
import { cloudifyRoot } from "./root.ts";
import { profileStore } from "./store.ts";

/** The user that commands act as; undefined where a token says it, and for the server of this machine. */
export async function activeUsername(env: Env): Promise<string | undefined> {
  const profiles = profileStore(cloudifyRoot(env));
  const name = await activeProfile(env, profiles);
  if (name === LOCAL) return undefined;
  return env.CLOUDIFY_USERNAME || (await profiles.get(name)).manager_username || undefined;
}
