import { access } from "node:fs/promises";
import { argument, command, flag } from "../../command.ts";
import { checkCredentials, profileClient } from "../../connection/profile-client.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { fileError } from "../../file-error.ts";
import { type CredentialArguments, givenCredentials, withCredentials } from "../../profiles/given-credentials.ts";
import { LOCAL, newProfile, type Profile } from "../../profiles/profile.ts";
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
import { updateCluster } from "./update-cluster.ts";

interface UseArguments extends CredentialArguments {
  managerIp: string;
  profileName?: string;
  managerTenant?: string;
  restPort?: number;
  restCertificate?: string;
  ssl: boolean;
  sshUser?: string;
  sshKey?: string;
  sshPort?: string;
  skipValidation: boolean;
}

/** `cfy profiles use`: from now on commands talk to this manager, or with `local` to the server of this machine. */
export const use = command({
  name: "use",
  summary: "Choose the manager that commands talk to",
  description:
    "The first time, the manager is asked whether it knows the credentials, and a profile is saved. After that the " +
    "name of the profile is enough. `cfy profiles use local` goes back to the server of this machine.",
  arguments: { managerIp: argument({ help: "Host name or address, or the name of a profile", complete: "profile" }) },
  options: {
    profileName,
    ...credentialOptions,
    managerTenant,
    restPort,
    ssl: flag({ flags: ["--ssl"], help: "Speak TLS" }),
    restCertificate,
    ...sshOptions,
    skipValidation,
  },
  examples: [
    ["cfy profiles use manager.example.com -u admin --ssl", "asks for the password"],
    ["cfy profiles use 10.0.0.5 --token-file token.txt --profile-name prod", "give it a name of its own"],
    ["cfy profiles use prod", "go back to it later"],
    ["cfy profiles use local", "use the server of this machine"],
  ],
  async run(ctx, args) {
    refuseUrl(args.managerIp);
    const profiles = profileStore(cloudifyRoot(ctx.env));
    const name = args.profileName ?? args.managerIp;
    if (name === LOCAL || args.managerIp === LOCAL) return useLocal(ctx, profiles, args.managerIp);
    if (await profiles.find(name)) return useExisting(ctx, profiles, name, args);

    const profile = await profileFrom(ctx, name, args);
    const { client, address } = await clientOfNew(ctx, profile, profiles);
    ctx.notice(`Connecting to ${address} …`);
    const valid = await isValid(ctx, args.skipValidation, () => checkCredentials(ctx, client, address));
    if (valid) profile.provider_context = (await client.manager.providerContext({ signal: ctx.signal })).context;
    await profiles.save(profile);
    await profiles.use(name);
    ctx.notice(`Using ${address}${name === args.managerIp ? "" : ` as ${name}`}`);
    if (valid) await updateCluster(ctx, client, profiles, profile);
    return ExitCode.Ok;
  },
});

/** Profiles keep host, port and protocol apart. */
function refuseUrl(host: string): void {
  if (!/^https?:\/\//i.test(host) || !URL.canParse(host)) return;
  const { hostname, port, protocol } = new URL(host);
  const flags = `${protocol === "https:" ? " --ssl" : ""}${port && ` --rest-port ${port}`}`;
  throw usageError("Give the host alone, without protocol and path", { hint: `cfy profiles use ${hostname}${flags}` });
}

async function useLocal(ctx: Context, profiles: ProfileStore, host: string): Promise<ExitCode> {
  if (host !== LOCAL) throw usageError(`The name ${LOCAL} stands for the server of this machine: choose another one`);
  await profiles.use(LOCAL);
  ctx.notice("Using the server of this machine");
  return ExitCode.Ok;
}

async function useExisting(ctx: Context, profiles: ProfileStore, name: string, args: UseArguments): Promise<ExitCode> {
  await profiles.use(name);
  const { manager_ip } = await profiles.get(name);
  if (saysMore(args) || (args.managerIp !== name && args.managerIp !== manager_ip)) {
    ctx.warn(`Profile ${name} exists: it is used as it is. To change it: cfy profiles set`);
  }
  ctx.notice(`Using ${manager_ip}${name === manager_ip ? "" : ` (profile ${name})`}`);
  return ExitCode.Ok;
}

/** Whether there are options besides those that only choose a profile. */
function saysMore({ managerIp: _, profileName: _name, skipValidation: _skip, ...settings }: UseArguments): boolean {
  return Object.values(settings).some((value) => value !== undefined && value !== false);
}

async function profileFrom(ctx: Context, name: string, args: UseArguments): Promise<Profile> {
  const { restCertificate: certificate } = args;
  if (certificate !== undefined) await mustBeReadable(certificate);
  const secure = args.ssl || certificate !== undefined;
  const plain: Profile = {
    ...newProfile(name),
    manager_ip: args.managerIp,
    manager_tenant: args.managerTenant ?? "default_tenant",
    rest_protocol: secure ? "https" : "http",
    rest_port: args.restPort ?? (secure ? 443 : 80),
    rest_certificate: certificate ?? null,
    ssh_user: args.sshUser ?? null,
    ssh_key: args.sshKey ?? null,
    ssh_port: args.sshPort ?? 22,
  };
  return withCredentials(plain, await givenCredentials(ctx, args));
}

/** There is no profile yet in which the rest could be saved, and no terminal to ask for it. */
const incomplete = ({ code, message, exit }: CfyError, { manager_username }: Profile): CfyError =>
  new CfyError(code, message, {
    exit,
    hint: manager_username
      ? ["There is no terminal to ask: --password-stdin reads it from standard input", "or set CLOUDIFY_PASSWORD"]
      : ["Give -u USER", "or set CLOUDIFY_USERNAME"],
  });

/** @throws CfyError it has no credentials: its name may have meant a profile that is not there */
async function clientOfNew(ctx: Context, profile: Profile, profiles: ProfileStore) {
  try {
    return profileClient(ctx, profile, profiles);
  } catch (error) {
    if (error instanceof CfyError && error.code === "incomplete_credentials") throw incomplete(error, profile);
    if (!(error instanceof CfyError && error.code === "no_credentials")) throw error;
    const names = await profiles.names();
    throw new CfyError(error.code, `There is no profile ${profile.name}, and a new one needs credentials`, {
      exit: error.exit,
      hint: [
        ...(names.length > 0 ? [`Profiles: ${names.join(", ")}`] : []),
        `For a manager at ${profile.manager_ip}: cfy profiles use ${profile.manager_ip} -u USER     (asks for the password)`,
      ],
    });
  }
}

async function isValid(ctx: Context, skip: boolean, check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (!skip || ctx.signal.aborted) throw error;
    ctx.warn(`${error instanceof Error ? error.message : error}`);
    return false;
  }
}

async function mustBeReadable(file: string): Promise<void> {
  await access(file).catch((cause) => {
    throw fileError(file, cause, "Give the certificate of the authority: --rest-certificate FILE");
  });
}
