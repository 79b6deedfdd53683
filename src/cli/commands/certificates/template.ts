import { isAllInOne, type Topology } from "./topology.ts";

/** Paths of files by what they are; empty where nothing is to be replaced. */
export type CertificateFiles = Record<string, string>;

/** The hosts of one kind, and what is the same for all of them. */
export type ClusterSection = { cluster_members: ({ host_ip: string } & CertificateFiles)[] } & Record<string, unknown>;

/** The file that is filled in: in the words of the manager's own tool. */
export type ReplaceConfig = Record<"manager" | "postgresql_server" | "rabbitmq", CertificateFiles | ClusterSection>;

const PROMETHEUS = ["new_prometheus_cert", "new_prometheus_key", "new_prometheus_ca_cert"];
const OF_MANAGER = [
  "new_internal_cert",
  "new_internal_key",
  "new_external_cert",
  "new_external_key",
  "new_postgresql_client_cert",
  "new_postgresql_client_key",
  ...PROMETHEUS,
];
const OF_MANAGERS = ["new_ca_cert", "new_external_ca_cert", "new_ldap_ca_cert"];
const OF_OTHER = ["new_cert", "new_key", ...PROMETHEUS];

const empty = (names: readonly string[]): CertificateFiles => Object.fromEntries(names.map((name) => [name, ""]));

const members = (hosts: readonly string[], names: readonly string[]) =>
  hosts.map((host_ip) => ({ host_ip, ...empty(names) }));

/** The file for these hosts, with nothing filled in. */
export function emptyConfig(topology: Topology): ReplaceConfig {
  if (isAllInOne(topology)) {
    return {
      manager: empty([...OF_MANAGER, ...OF_MANAGERS]),
      postgresql_server: empty([
        "new_postgresql_server_cert",
        "new_postgresql_server_key",
        "new_postgresql_server_ca_cert",
      ]),
      rabbitmq: empty(["new_rabbitmq_cert", "new_rabbitmq_key"]),
    };
  }
  return {
    manager: { cluster_members: members(topology.managers, OF_MANAGER), ...empty(OF_MANAGERS) },
    postgresql_server: { cluster_members: members(topology.databases, OF_OTHER), ...empty(["new_ca_cert"]) },
    rabbitmq: { cluster_members: members(topology.brokers, OF_OTHER), ...empty(["new_ca_cert"]) },
  };
}
