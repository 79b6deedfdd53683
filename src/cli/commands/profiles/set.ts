import { choice, command, flag, text } from "../../command.ts";
import { activeManagerProfile, checkCredentials, profileClient } from "../../connection/profile-client.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { givenCredentials, withCredentials } from "../../profiles/given-credentials.ts";
import { LOCAL, type Profile } from "../../profiles/profile.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { type ProfileStore, profileStore } from "../../profiles/store.ts";
import {
  credentialOptions,
  managerTenant,
  profileName,
  restCertificate,
  restPort,
  skipValidation,
  sshOptions,
} from "./options.ts";

/** `cfy profiles set`: changes the profile in use. */
export const set = command({
  name: "set",
  summary: "Change the profile in use",
  description: "The manager is asked whether it accepts the new settings; when it does not, nothing changes.",
  options: {
    profileName: { ...profileName, help: "Give the profile this name" },
    managerIp: text({ flags: ["-m", "--manager-ip"], metavar: "HOST", help: "Host name or address" }),
    ...credentialOptions,
    managerTenant,
    restPort,
    ssl: choice({ flags: ["--ssl"], choices: ["on", "off"], help: "Whether to speak TLS; changes the port as well" }),
    restCertificate,
    ...sshOptions,
    readOnly: flag({ flags: ["--read-only"], help: "Refuse every request that would change something on the manager" }),
    skipValidation,
  },
  examples: [
    ["cfy profiles set -u bob", "asks for the password"],
    ["cfy profiles set --token-file token.txt", "use a token from now on"],
    ["cfy profiles set --read-only", "nothing on it can be changed by mistake"],
    ["cfy profiles set --ssl on --rest-certificate ca.pem", "speak TLS and trust this authority"],
  ],
  async run(ctx, args) {
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const current = await activeManagerProfile(profiles, ctx.env);
    const credentials = await givenCredentials(ctx, args);
    const fields: Partial<Profile> = definedOnly({
      manager_ip: args.managerIp,
      manager_tenant: args.managerTenant,
      ...tlsFields(args.ssl, args.restPort),
      rest_certificate: args.restCertificate,
      ssh_user: args.sshUser,
      ssh_key: args.sshKey,
      ssh_port: args.sshPort,
    });
    const changed = [...Object.keys(credentials), ...Object.keys(fields)];
    if (changed.length === 0 && args.profileName === undefined && !args.readOnly)
      throw usageError("There is nothing to set: name a setting");

    const profile = withCredentials({ ...current, ...fields }, credentials);
    if (!args.skipValidation && changed.length > 0) {
      const { client, address } = profileClient(ctx, profile, profiles);
      ctx.notice(`Asking ${address} …`);
      await checkCredentials(ctx, client, address);
    }
    const name = args.profileName ?? current.name;
    if (name !== current.name) await renamed(ctx, profiles, current.name, name);
    await profiles.save({ ...profile, name, ...(args.readOnly ? { read_only: true } : {}) });
    for (const field of changed)
      ctx.notice(`${field} is set${isSecret(field) ? "" : ` to ${profile[field as keyof Profile]}`}`);
    if (args.readOnly) ctx.notice("From now on commands may only read; cfy profiles unset --read-only ends that");
    return ExitCode.Ok;
  },
});

function tlsFields(ssl: "on" | "off" | undefined, port: number | undefined): Partial<Profile> {
  if (ssl === undefined) return definedOnly({ rest_port: port });
  return ssl === "on"
    ? { rest_protocol: "https", rest_port: port ?? 443 }
    : { rest_protocol: "http", rest_port: port ?? 80 };
}

async function renamed(ctx: Context, profiles: ProfileStore, from: string, to: string): Promise<void> {
  if (to === LOCAL) throw usageError(`The name ${LOCAL} stands for the server of this machine: choose another one`);
  if (await profiles.find(to)) {
    throw new CfyError("profile_exists", `There is a profile ${to} already`, {
      exit: ExitCode.Conflict,
      hint: `cfy profiles delete ${to}`,
    });
  }
  await profiles.rename(from, to);
  if ((await profiles.active()) === from) await profiles.use(to);
  ctx.notice(`Profile ${from} is now called ${to}`);
}

const definedOnly = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const isSecret = (field: string): boolean => field === "manager_password" || field === "manager_token";
