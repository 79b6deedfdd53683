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

const DEFAULT_TENANT = "default_tenant";

/** Flag, else environment, else profile, else default. */
export async function resolveTarget(options: TargetOptions): Promise<Target> {
  const { env, profiles, tenant } = options;
  const name = await activeProfile(env, profiles);
  if (name === LOCAL) return { kind: "local", tenant: tenant || env.CLOUDIFY_TENANT || DEFAULT_TENANT };
  return managerTarget(await profiles.get(name), options);
}

/** How to reach the manager of a profile, which need not be saved. */
export function managerTarget(profile: Profile, { env, profiles, tenant, manager }: TargetOptions): ManagerTarget {
  const notes: string[] = [];
  const chosen = <T>(variable: string, field: string, ofProfile: T | null): string | T | undefined => {
    const ofEnvironment = env[variable];
    if (!ofEnvironment) return ofProfile ?? undefined;
    if (ofProfile !== null && ofProfile !== ofEnvironment) {
      notes.push(`${variable} is used instead of the profile's ${field}`);
    }
    return ofEnvironment;
  };
  const caFile =
    chosen("LOCAL_REST_CERT_FILE", "rest_certificate", profile.rest_certificate) ??
    ownCertificate(profiles, profile.name);
  const trustAll = Boolean(env.CLOUDIFY_SSL_TRUST_ALL);
  return {
    kind: "manager",
    profile,
    endpoints: endpointsOf(profile, { caFile, trustAll, manager }),
    authentication: credentials(profile, env, notes),
    tenant: tenant || chosen("CLOUDIFY_TENANT", "manager_tenant", profile.manager_tenant) || DEFAULT_TENANT,
    notes,
  };
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
