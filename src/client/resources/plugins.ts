import type { Plugin, PluginsUpdate } from "../../api/archives.ts";
import type { ListQuery } from "../../api/paging.ts";
import type { JsonObject } from "../../api/resources.ts";
import type { Visibility } from "../../api/statuses.ts";
import { type DownloadOptions, download } from "../download.ts";
import { type Progress, withProgress } from "../progress.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";
import type { RequestBody } from "../transport.ts";

export interface UploadPlugin {
  visibility?: Visibility;
  title?: string;
  /** Where the server finds the archive, when none is sent. */
  plugin_archive_url?: string;
}

export interface UpdatePlugins {
  plugin_names?: string[];
  all_to_latest?: boolean;
  to_latest?: string[];
  all_to_minor?: boolean;
  to_minor?: string[];
  mapping?: JsonObject;
  force?: boolean;
  auto_correct_types?: boolean;
  reevaluate_active_statuses?: boolean;
  all_tenants?: boolean;
}

export const plugins = (rest: Rest) => ({
  /** @throws RestError `not_found_error` */
  get: (id: string, query: { _get_data?: boolean; _include?: string[] } = {}, options?: CallOptions) =>
    rest.get<Plugin>(`plugins/${enc(id)}`, query, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Plugin>("plugins", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Plugin>("plugins", query, options),
  /** A wagon, or a zip of wagons and YAML files, as it is. @throws RestError `conflict_error`, `invalid_plugin_error` */
  upload: (
    request: UploadPlugin,
    archive: RequestBody | undefined,
    { signal, progress }: CallOptions & { progress?: Progress } = {},
  ) =>
    rest.post<Plugin>("plugins", {
      query: { visibility: "tenant", ...request },
      body: archive && withProgress(archive, progress),
      // The server may fetch and unpack for long before it answers.
      readTimeout: 0,
      signal,
    }),
  install: (id: string, where: { managers?: string[]; agents?: string[] } = {}, options?: CallOptions) =>
    rest.post<Plugin>(`plugins/${enc(id)}`, { json: { action: "install", ...where }, ...options }),
  update: (id: string, change: JsonObject, options?: CallOptions) =>
    rest.patch<Plugin>(`plugins/${enc(id)}`, { json: change, ...options }),
  setVisibility: (id: string, visibility: Visibility, options?: CallOptions) =>
    rest.patch<Plugin>(`plugins/${enc(id)}/set-visibility`, { json: { visibility }, ...options }),
  /** @throws RestError `plugin_in_use` */
  delete: (id: string, { force = false }: { force?: boolean } = {}, options?: CallOptions) =>
    rest.delete(`plugins/${enc(id)}`, { json: { force }, ...options }),
  download: (id: string, options: DownloadOptions) => download(rest, `plugins/${enc(id)}/archive`, options),
  /** The plugin's YAML for one version of the blueprint language, as `1_4`. */
  downloadYaml: (id: string, dslVersion: string | undefined, options: DownloadOptions) =>
    download(rest, `plugins/${enc(id)}/yaml`, { ...options, query: { dsl_version: dslVersion } }),
});

export const pluginsUpdates = (rest: Rest) => ({
  get: (id: string, options?: CallOptions) => rest.get<PluginsUpdate>(`plugins-updates/${enc(id)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<PluginsUpdate>("plugins-updates", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<PluginsUpdate>("plugins-updates", query, options),
  /** Moves the deployments of a blueprint to other versions of its plugins. @throws RestError `conflict_error` */
  start: (blueprintId: string, request: UpdatePlugins, options?: CallOptions) =>
    rest.post<PluginsUpdate>(`plugins-updates/${enc(blueprintId)}/update/initiate`, { json: request, ...options }),
});
