import { existsSync } from "node:fs";
import { CfyError } from "../../errors.ts";
import type { CertificateFiles, ClusterSection, ReplaceConfig } from "./template.ts";

/** What one host gets: local files by the name that the manager's tool looks for. */
export interface HostPlan {
  address: string;
  files: Map<string, string>;
}

type Kind = keyof ReplaceConfig;
/** Databases first and managers last: a manager is a client of the others. */
const ORDER: readonly Kind[] = ["postgresql_server", "rabbitmq", "manager"];

/**
 * What is to be copied where. Hosts without anything new are left out.
 * @throws CfyError a file is missing, a certificate comes without its key, or nothing is filled in
 */
export function planOf(config: ReplaceConfig, manager: string): HostPlan[] {
  const plans = ORDER.flatMap((kind) => plansOf(kind, config, manager)).filter(({ files }) => files.size > 0);
  const merged = mergedByHost(plans);
  if (merged.length === 0) throw new CfyError("nothing_to_replace", "The file names nothing to replace");
  const faults = merged.flatMap(faultsOf);
  if (faults.length > 0) {
    throw new CfyError("invalid_certificates", "The certificates cannot be replaced as the file says", {
      hint: faults,
    });
  }
  return merged;
}

function plansOf(kind: Kind, config: ReplaceConfig, manager: string): HostPlan[] {
  const section = config[kind];
  if (!isCluster(section)) return [{ address: manager, files: filled(section, (name) => name) }];
  const named = (name: string) => remoteName(kind, name);
  const shared = filled(section, named);
  if (kind === "manager") addAuthorities(shared, config);
  return section.cluster_members.map(({ host_ip, ...own }) => {
    const files = filled(own, named);
    return { address: host_ip, files: files.size + shared.size > 0 ? new Map([...files, ...shared]) : files };
  });
}

const isCluster = (section: CertificateFiles | ClusterSection): section is ClusterSection =>
  Array.isArray(section.cluster_members);

const filled = (section: Record<string, unknown>, named: (name: string) => string): Map<string, string> =>
  new Map(
    Object.entries(section).flatMap(([name, path]) =>
      typeof path === "string" && path !== "" ? [[named(name), path] as const] : [],
    ),
  );

/** `new_cert` of a database is `new_postgresql_server_cert` to the tool. */
const remoteName = (kind: Kind, name: string): string =>
  kind === "manager" || name.includes("prometheus") ? name : name.replace(/^new_/, `new_${kind}_`);

/** Managers trust the authorities of the others. */
function addAuthorities(files: Map<string, string>, config: ReplaceConfig): void {
  for (const kind of ["postgresql_server", "rabbitmq"] as const) {
    const path = config[kind].new_ca_cert;
    if (typeof path === "string" && path !== "") files.set(`new_${kind}_ca_cert`, path);
  }
}

/** In a small cluster a host may be of several kinds. */
function mergedByHost(plans: readonly HostPlan[]): HostPlan[] {
  const byHost = new Map<string, HostPlan>();
  for (const { address, files } of plans) {
    byHost.set(address, { address, files: new Map([...(byHost.get(address)?.files ?? []), ...files]) });
  }
  return [...byHost.values()];
}

function faultsOf({ address, files }: HostPlan): string[] {
  const missing = [...files.values()].filter((path) => !existsSync(path)).map((path) => `There is no file ${path}`);
  const names = new Set(files.keys());
  const alone = [...names].flatMap((name) => {
    const other = name.endsWith("_key")
      ? name.replace(/_key$/, "_cert")
      : name.endsWith("_ca_cert") || name === "new_ca_cert"
        ? undefined
        : name.replace(/_cert$/, "_key");
    return other && !names.has(other) ? [`${address}: ${name} needs ${other} too`] : [];
  });
  return [...missing, ...alone];
}
