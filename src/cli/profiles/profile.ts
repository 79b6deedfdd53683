import type { Json, JsonObject } from "../../api/resources.ts";

export type NodeKind = "manager" | "broker" | "db";
export const NODE_KINDS = ["manager", "broker", "db"] as const satisfies NodeKind[];

/** One host of a cluster. What is null is as in the profile. */
export interface ClusterNode {
  hostname: string;
  host_ip: string;
  host_type: NodeKind;
  rest_port?: number | null;
  rest_protocol?: "http" | "https" | null;
  ssh_key?: string | null;
  ssh_user?: string | null;
  ssh_port?: number | string | null;
  cert?: string | null;
  trust_all?: boolean | null;
  [field: string]: Json | undefined;
}

export type Cluster = Partial<Record<NodeKind, ClusterNode[]>>;

/** The content of `context.json`. Fields that are not known here are kept as they are. */
export interface Profile {
  name: string;
  manager_ip: string | null;
  manager_username: string | null;
  manager_password: string | null;
  manager_token: string | null;
  manager_tenant: string | null;
  rest_port: number;
  rest_protocol: "http" | "https";
  rest_certificate: string | null;
  kerberos_env: boolean;
  ssh_key: string | null;
  ssh_user: string | null;
  ssh_port: number | string;
  provider_context: JsonObject;
  cluster: Cluster;
  /** Commands may only read. Written only when it is true, so that other profiles stay as they are. */
  read_only?: boolean;
}

/** The profile that stands for the embedded server; it has no file of its own. */
export const LOCAL = "local";

export const newProfile = (name: string): Profile => ({
  name,
  manager_ip: null,
  manager_username: null,
  manager_password: null,
  manager_token: null,
  manager_tenant: null,
  rest_port: 80,
  rest_protocol: "http",
  rest_certificate: null,
  kerberos_env: false,
  ssh_key: null,
  ssh_user: null,
  ssh_port: 22,
  provider_context: {},
  cluster: {},
});

export const managersOf = (profile: Profile): ClusterNode[] => profile.cluster.manager ?? [];
