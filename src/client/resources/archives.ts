import type { LogBundle, Snapshot } from "../../api/archives.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { Execution } from "../../api/resources.ts";
import { type DownloadOptions, download } from "../download.ts";
import { type Progress, withProgress } from "../progress.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";
import type { RequestBody } from "../transport.ts";

export interface CreateSnapshot {
  include_credentials?: boolean;
  include_logs?: boolean;
  include_events?: boolean;
  queue?: boolean;
  tempdir_path?: string | null;
  legacy?: boolean;
  /** Seconds. */
  listener_timeout?: number | null;
}

export interface RestoreSnapshot {
  force?: boolean;
  restore_certificates?: boolean;
  no_reboot?: boolean;
  ignore_plugin_failure?: boolean;
  /** Seconds. */
  timeout?: number;
}

export const snapshots = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<Snapshot>(`snapshots/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Snapshot>("snapshots", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Snapshot>("snapshots", query, options),
  /** Resolves to the execution that makes it. */
  create: (id: string, request: CreateSnapshot = {}, options?: CallOptions) => {
    const defaults = { include_credentials: true, include_logs: true, include_events: true, queue: false };
    const json = { ...defaults, tempdir_path: null, legacy: false, listener_timeout: null, ...request };
    return rest.put<Execution>(`snapshots/${enc(id)}`, { json, ...options });
  },
  upload: (id: string, archive: RequestBody, { signal, progress }: CallOptions & { progress?: Progress } = {}) =>
    rest.put<Snapshot>(`snapshots/${enc(id)}/archive`, { body: withProgress(archive, progress), signal }),
  /** The server fetches the archive itself. */
  uploadFrom: (id: string, url: string, options?: CallOptions) =>
    rest.put<Snapshot>(`snapshots/${enc(id)}/archive`, {
      query: { snapshot_archive_url: url },
      readTimeout: 0,
      ...options,
    }),
  /** It may hold the key of all secrets. */
  download: (id: string, options: DownloadOptions) =>
    download(rest, `snapshots/${enc(id)}/archive`, { ownerOnly: true, ...options }),
  /** Resolves to the execution that restores it. */
  restore: (id: string, request: RestoreSnapshot = {}, options?: CallOptions) => {
    const defaults = { force: false, restore_certificates: false, no_reboot: false, ignore_plugin_failure: false };
    return rest.post<Execution>(`snapshots/${enc(id)}/restore`, { json: { ...defaults, ...request }, ...options });
  },
  /** `running` while a snapshot is being restored. */
  status: (options?: CallOptions) => rest.get<{ status: "running" | "not-running" }>("snapshot-status", {}, options),
  delete: (id: string, options?: CallOptions) => rest.delete<Snapshot>(`snapshots/${enc(id)}`, options),
});

export const logBundles = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<LogBundle>(`log-bundles/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<LogBundle>("log-bundles", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<LogBundle>("log-bundles", query, options),
  create: (id: string, { queue = false }: { queue?: boolean } = {}, options?: CallOptions) =>
    rest.put<Execution>(`log-bundles/${enc(id)}`, { json: { queue }, ...options }),
  /** Logs may repeat what nobody else should read. */
  download: (id: string, options: DownloadOptions) =>
    download(rest, `log-bundles/${enc(id)}/archive`, { ownerOnly: true, ...options }),
  delete: (id: string, options?: CallOptions) => rest.delete<LogBundle>(`log-bundles/${enc(id)}`, options),
});
