import { type Client, clientOver } from "../../client/client.ts";
import { addressOf } from "../../client/transport.ts";
import type { Context, Env } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { activeProfile } from "../profiles/active.ts";
import { LOCAL, type Profile } from "../profiles/profile.ts";
import type { ProfileStore } from "../profiles/store.ts";
import { managerTransport } from "./connect.ts";
import { explainConnection } from "./explain.ts";
import { managerTarget } from "./target.ts";

/** A client of a profile's manager, with what the profile itself says before what the environment says. */
export function profileClient(
  ctx: Context,
  profile: Profile,
  profiles: ProfileStore,
): { client: Client; address: string } {
  const target = managerTarget(profile, { env: withoutOverruled(ctx.env, profile), profiles, manager: ctx.manager });
  // This one manager: going on with another would say nothing about it, and would save what is only being tried.
  const [endpoint] = target.endpoints;
  const transport = managerTransport(ctx, { ...target, endpoints: endpoint ? [endpoint] : [] }, profiles);
  return {
    client: clientOver(transport, { attempts: 1, clock: ctx.clock }),
    address: endpoint ? addressOf(endpoint) : profile.name,
  };
}

/** @throws CfyError the manager does not answer, or does not know the credentials; nothing was saved */
export async function checkCredentials(ctx: Context, client: Client, address: string): Promise<void> {
  try {
    await client.manager.status({ signal: ctx.signal });
  } catch (error) {
    const explained = explainConnection(error);
    if (!explained) throw error;
    throw new CfyError(explained.code, `${address} cannot be used: ${explained.message}`, {
      exit: explained.exit,
      status: explained.status,
      requestId: explained.requestId,
      hint: [
        // What the profile in use says is no help with one that is only being tried.
        ...(explained.exit === ExitCode.NotAuthorised
          ? []
          : explained.hint.filter((line) => !/cfy (profiles show-current|doctor)/.test(line))),
        "Nothing was saved. --skip-credentials-validation saves it all the same.",
      ],
      cause: error,
    });
  }
}

/** @throws CfyError the profile in use is the embedded server, which has no settings to change */
export async function activeManagerProfile(profiles: ProfileStore, env: Env): Promise<Profile> {
  const name = await activeProfile(env, profiles);
  if (name !== LOCAL) return profiles.get(name);
  throw new CfyError(
    "no_manager_profile",
    "The profile in use is the server of this machine, which has no such settings",
    {
      exit: ExitCode.Usage,
      hint: "To use a manager: cfy profiles use HOST -u USER",
    },
  );
}

const CREDENTIALS = ["CLOUDIFY_USERNAME", "CLOUDIFY_PASSWORD", "CLOUDIFY_TOKEN", "CLOUDIFY_KERBEROS_ENV"];

function withoutOverruled(env: Env, profile: Profile): Env {
  const says = profile.manager_username !== null || profile.manager_token !== null || profile.kerberos_env;
  if (!says) return env;
  const complete = profile.manager_username === null || profile.manager_password !== null;
  const dropped = complete ? CREDENTIALS : CREDENTIALS.filter((name) => name !== "CLOUDIFY_PASSWORD");
  return Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.includes(name)));
}
