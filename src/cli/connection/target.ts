import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Authentication, Endpoint } from "../../client/index.ts";
import type { Env } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { activeProfile } from "../profiles/active.ts";
import { type ClusterNode, LOCAL, managersOf, type Profile } from "../profiles/profile.ts";
import type { ProfileStore } from "../profiles/store.ts";
import { credentials } from "./credentials.ts";

/** What a command talks to, and as whom. */
export type Target = LocalTarget | ManagerTarget;

/** The embedded server. Whoever can open its socket may do everything. */
export interface LocalTarget {
  kind: "local";
  tenant: string;
}

export interface ManagerTarget {
  kind: "manager";
  profile: Profile;
  /** In the order in which to try them. */
  endpoints: Endpoint[];
  authentication: Authentication;
  tenant: string;
  /** Where the environment won over the profile. */
  notes: string[];
}

export interface TargetOptions {
  env: Env;
  profiles: ProfileStore;
  /** `--tenant-name`. */
  tenant?: string;
  /** `--manager`: this address of the cluster and no other. */
  manager?: string;
}

/** A setting, and what says so: a flag, a variable, the profile, or nobody. */
export interface Sourced {
  value: string;
  from: string;
}

/** How to reach the manager of a profile, apart from who asks. */
export interface ManagerSettings {
  /** In the order in which to try them. */
  endpoints: Endpoint[];
  /** The file with the authorities to trust; undefined: those of this machine. */
  authorities: Sourced | undefined;
  tenant: Sourced;
  /** Where the environment won over the profile. */
  notes: string[];
}

const DEFAULT_TENANT = "default_tenant";

/** Flag, else environment, else profile, else default. */
export async function resolveTarget(options: TargetOptions): Promise<Target> {
  const { env, profiles, tenant } = options;
  const name = await activeProfile(env, profiles);
  if (name === LOCAL) return { kind: "local", tenant: tenantOf({ flag: tenant, env }).value };
  return managerTarget(await profiles.get(name), options);
}

/** How to reach the manager of a profile, which need not be saved. */
export function managerTarget(profile: Profile, options: TargetOptions): ManagerTarget {
  const { endpoints, tenant, notes } = managerSettings(profile, options);
  const authentication = credentials(profile, options.env, notes);
  return { kind: "manager", profile, endpoints, authentication, tenant: tenant.value, notes };
}

/** @throws CfyError the profile names no manager */
export function managerSettings(profile: Profile, { env, profiles, tenant, manager }: TargetOptions): ManagerSettings {
  const notes: string[] = [];
  const overruled = (variable: string, field: "rest_certificate" | "manager_tenant") => {
    if (env[variable] && profile[field] !== null && profile[field] !== env[variable]) {
      notes.push(`${variable} is used instead of the profile's ${field}`);
    }
  };
  overruled("LOCAL_REST_CERT_FILE", "rest_certificate");
  if (!tenant) overruled("CLOUDIFY_TENANT", "manager_tenant");
  const authorities = firstOf([
    ["LOCAL_REST_CERT_FILE", env.LOCAL_REST_CERT_FILE],
    ["the profile", profile.rest_certificate],
    ["it lies beside the profile", ownCertificate(profiles, profile.name)],
  ]);
  const trustAll = Boolean(env.CLOUDIFY_SSL_TRUST_ALL);
  return {
    endpoints: endpointsOf(profile, { caFile: authorities?.value, trustAll, manager }),
    authorities,
    tenant: tenantOf({ flag: tenant, env, profile }),
    notes,
  };
}

export function tenantOf({ flag, env, profile }: { flag?: string; env: Env; profile?: Profile }): Sourced {
  const said = firstOf([
    ["--tenant-name", flag],
    ["CLOUDIFY_TENANT", env.CLOUDIFY_TENANT],
    ["the profile", profile?.manager_tenant],
  ]);
  return said ?? { value: DEFAULT_TENANT, from: "the default" };
}

function firstOf(places: readonly (readonly [from: string, value: string | null | undefined])[]): Sourced | undefined {
  for (const [from, value] of places) if (value) return { value, from };
  return undefined;
}

/** A certificate that lies beside the profile is trusted without being named. */
function ownCertificate(profiles: ProfileStore, name: string): string | undefined {
  const path = join(profiles.directory(name), "public_rest_cert.crt");
  return existsSync(path) ? path : undefined;
}

interface EndpointDefaults {
  caFile?: string;
  trustAll: boolean;
  manager?: string;
}

/** The profile's manager first, then the others of its cluster; with `--manager` only that one. */
function endpointsOf(profile: Profile, { caFile, trustAll, manager }: EndpointDefaults): Endpoint[] {
  const endpoint = (host: string, node?: ClusterNode): Endpoint => ({
    protocol: node?.rest_protocol ?? profile.rest_protocol,
    host,
    port: Number(node?.rest_port ?? profile.rest_port),
    caFile: node?.cert ?? caFile,
    trustAll: trustAll || (node?.trust_all ?? false),
  });
  if (manager) return [endpoint(manager)];
  if (!profile.manager_ip) throw noAddress(profile);
  const nodes = managersOf(profile);
  const own = nodes.find((node) => node.host_ip === profile.manager_ip);
  const others = nodes.filter((node) => node !== own);
  return [endpoint(profile.manager_ip, own), ...others.map((node) => endpoint(node.host_ip, node))];
}

const noAddress = ({ name }: Profile): CfyError =>
  new CfyError("profile_without_manager", `Profile ${name} names no manager`, {
    exit: ExitCode.Usage,
    hint: `Make it anew: cfy profiles delete ${name} && cfy profiles use HOST --profile-name ${name}`,
  });
