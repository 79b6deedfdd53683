import { type Client, clientOver } from "../../client/client.ts";
import { type Authentication, addressOf, type Endpoint, identified, network } from "../../client/index.ts";
import { type ServerHome, serverHome } from "../../lib/server-home.ts";
import { credentials } from "../connection/credentials.ts";
import { type ManagerSettings, managerSettings, type Sourced, tenantOf } from "../connection/target.ts";
import type { Context } from "../context.ts";
import { activeProfile } from "../profiles/active.ts";
import { LOCAL, type Profile } from "../profiles/profile.ts";
import { cloudifyRoot } from "../profiles/root.ts";
import { type ProfileStore, profileStore } from "../profiles/store.ts";

/** What the command line is about to talk to. */
export interface Subject {
  ctx: Context;
  root: string;
  home: ServerHome;
  profiles: ProfileStore;
  profileName: Sourced;
}

export interface ManagerSubject extends Subject {
  profile: Profile;
  settings: ManagerSettings;
}

export async function subjectOf(ctx: Context): Promise<Subject> {
  const root = cloudifyRoot(ctx.env);
  const profiles = profileStore(root);
  const value = await activeProfile(ctx.env, profiles);
  const from = ctx.env.CFY_PROFILE ? "CFY_PROFILE" : (await profiles.active()) ? "cfy profiles use" : "the default";
  return { ctx, root, home: serverHome(root), profiles, profileName: { value, from } };
}

export const isLocal = ({ profileName }: Subject): boolean => profileName.value === LOCAL;

/** @throws CfyError the profile cannot be read, or names no manager */
export async function managerSubject(subject: Subject, tenant: string | undefined): Promise<ManagerSubject> {
  const { ctx, profiles, profileName } = subject;
  const profile = await profiles.get(profileName.value);
  const settings = managerSettings(profile, { env: ctx.env, profiles, tenant, manager: ctx.manager });
  return { ...subject, profile, settings };
}

export const localTenant = ({ ctx }: Subject, flag: string | undefined): Sourced => tenantOf({ flag, env: ctx.env });

/** @throws CfyError there are none, or two that exclude each other */
export const authenticationOf = ({ profile, ctx }: ManagerSubject): Authentication => credentials(profile, ctx.env, []);

/** Asks once and changes nothing: the profile of a cluster stays as it is when another host answers. */
export function managerClient(subject: ManagerSubject): Client {
  const { ctx, settings } = subject;
  const authentication = authenticationOf(subject);
  const transport = identified(network(settings.endpoints, { env: ctx.env }), {
    authentication,
    tenant: settings.tenant.value,
  });
  return clientOver(transport, { attempts: 1, clock: ctx.clock });
}

/** `10.0.0.1:443` */
export const hostAndPort = (endpoint: Endpoint): string => addressOf(endpoint).replace(/^https?:\/\//, "");
