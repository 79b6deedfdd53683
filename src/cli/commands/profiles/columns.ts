import type { Column } from "../../output/column.ts";
import type { ClusterNode, Profile } from "../../profiles/profile.ts";

/** A profile as it is shown: no password and no token, and a star before the name of the one in use. */
export type ShownProfile = Omit<Profile, "manager_password" | "manager_token" | "provider_context" | "cluster">;

export const PROFILE_COLUMNS: readonly Column<ShownProfile>[] = [
  { key: "name" },
  { key: "manager_ip", whole: true },
  { key: "manager_username" },
  { key: "manager_tenant" },
  { key: "ssh_user", priority: -2 },
  { key: "ssh_key", priority: -2 },
  { key: "ssh_port", priority: -2 },
  { key: "kerberos_env", priority: -2 },
  { key: "rest_port" },
  { key: "rest_protocol" },
  { key: "rest_certificate", priority: -1 },
  { key: "read_only", value: ({ read_only }) => read_only ?? false, extended: true },
];

/** One host of the profile's cluster; what it does not say for itself is as in the profile. */
export type ShownNode = ShownProfile & Pick<ClusterNode, "hostname" | "host_ip">;

export const NODE_COLUMNS: readonly Column<ShownNode>[] = [
  { key: "name" },
  { key: "Manager hostname", value: ({ hostname }) => hostname, whole: true },
  { key: "Manager ip", value: ({ host_ip }) => host_ip, whole: true },
  ...PROFILE_COLUMNS.filter(({ key }) => key !== "name" && key !== "manager_ip"),
];

export function shown(profile: Profile): ShownProfile {
  const { manager_password: _password, manager_token: _token, provider_context: _c, cluster: _n, ...visible } = profile;
  return visible;
}

export const shownNode = (profile: Profile, node: ClusterNode): ShownNode => ({
  ...shown(profile),
  hostname: node.hostname,
  host_ip: node.host_ip,
  rest_port: node.rest_port ?? profile.rest_port,
  rest_protocol: node.rest_protocol ?? profile.rest_protocol,
  rest_certificate: node.cert ?? profile.rest_certificate,
  ssh_user: node.ssh_user ?? profile.ssh_user,
  ssh_key: node.ssh_key ?? profile.ssh_key,
  ssh_port: node.ssh_port ?? profile.ssh_port,
});
