import type {
  Agent,
  Broker,
  ClusterStatus,
  ConfigEntry,
  DatabaseNode,
  License,
  MaintenanceState,
  ManagerNode,
  ProviderContext,
  ServerStatus,
  VersionInfo,
} from "../../api/manager.ts";
import type { ListQuery, Page } from "../../api/paging.ts";
import type { Json, JsonObject } from "../../api/resources.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";
import type { RequestBody } from "../transport.ts";

export interface AddBroker {
  name: string;
  address: string;
  port?: number;
  /** Addresses by the name of the network. */
  networks?: JsonObject;
}

/** The server itself. */
export const manager = (rest: Rest) => ({
  /** Also answered below other versions of the API. */
  version: (options?: CallOptions) => rest.get<VersionInfo>("/api/version", {}, options),
  status: (options?: CallOptions) => rest.get<ServerStatus>("status", {}, options),
  clusterStatus: ({ summary = false }: { summary?: boolean } = {}, options?: CallOptions) =>
    rest.get<ClusterStatus>("cluster-status", { summary }, options),
  providerContext: (options?: CallOptions) => rest.get<ProviderContext>("provider/context", {}, options),
  managers: (query: ListQuery = {}, options?: CallOptions) => rest.page<ManagerNode>("managers", query, options),
  brokers: (options?: CallOptions) => rest.page<Broker>("brokers", {}, options),
  dbNodes: (options?: CallOptions) => rest.page<DatabaseNode>("db-nodes", {}, options),
  /** Makes a broker known that runs already. @throws RestError `conflict_error` */
  addBroker: (request: AddBroker, options?: CallOptions) => rest.post<Broker>("brokers", { json: request, ...options }),
  /** Adds networks to those of a broker, or changes their addresses. */
  updateBroker: (name: string, networks: JsonObject, options?: CallOptions) =>
    rest.put<Broker>(`brokers/${enc(name)}`, { json: { networks }, ...options }),
  removeBroker: (name: string, options?: CallOptions) => rest.delete(`brokers/${enc(name)}`, options),
  /** Lets every manager read anew which database hosts there are. */
  updateDbNodes: (options?: CallOptions): Promise<Page<DatabaseNode>> =>
    rest.post("db-nodes", { json: { action: "update" }, ...options }),
  removeManager: (hostname: string, options?: CallOptions) =>
    rest.delete<ManagerNode>(`managers/${enc(hostname)}`, options),
});

export const config = (rest: Rest) => ({
  /** Everything, or what concerns one part, as `rest` or `workflow`. */
  list: async ({ scope }: { scope?: string } = {}, options?: CallOptions): Promise<ConfigEntry[]> =>
    (await rest.get<{ items: ConfigEntry[] }>("config", { scope }, options)).items,
  /** The name may carry its scope before it, as `rest.name`. */
  get: (name: string, options?: CallOptions) => rest.get<ConfigEntry>(`config/${enc(name)}`, {}, options),
  /** @throws RestError `conflict_error` it is not meant to be changed (see force), or the name is ambiguous */
  set: (name: string, value: Json, { force = false }: { force?: boolean } = {}, options?: CallOptions) =>
    rest.put<ConfigEntry>(`config/${enc(name)}`, { json: { value, force }, ...options }),
});

export const license = (rest: Rest) => ({
  page: (options?: CallOptions): Promise<Page<License>> => rest.page<License>("license", {}, options),
  /** @throws RestError `missing_cloudify_license`, `expired_cloudify_license` */
  check: (options?: CallOptions) => rest.get<string>("license-check", {}, options),
  /** The YAML file as it is. */
  upload: (file: RequestBody, options?: CallOptions) => rest.put<License>("license", { body: file, ...options }),
  delete: (options?: CallOptions) => rest.delete("license", options),
});

export const maintenance = (rest: Rest) => ({
  status: (options?: CallOptions) => rest.get<MaintenanceState>("maintenance", {}, options),
  /** @throws RestError `not_modified` (304) it is on already */
  activate: (options?: CallOptions) => rest.post<MaintenanceState>("maintenance/activate", options),
  /** @throws RestError `not_modified` (304) it is off already */
  deactivate: (options?: CallOptions) => rest.post<MaintenanceState>("maintenance/deactivate", options),
});

export const agents = (rest: Rest) => ({
  get: (name: string, options?: CallOptions) => rest.get<Agent>(`agents/${enc(name)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Agent>("agents", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Agent>("agents", query, options),
  replaceCertificates: (request: JsonObject, options?: CallOptions) =>
    rest.patch<{ number_of_updated_agents: number }>("agents", { json: request, ...options }),
});
