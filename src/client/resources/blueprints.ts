import type { ListQuery, Page } from "../../api/paging.ts";
import type { Blueprint } from "../../api/resources.ts";
import type { BlueprintState, Visibility } from "../../api/statuses.ts";
import { type DownloadOptions, download } from "../download.ts";
import { formBody } from "../multipart.ts";
import { type Progress, withProgress } from "../progress.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";
import type { RequestBody } from "../transport.ts";

export interface BlueprintQuery extends ListQuery {
  state?: BlueprintState | BlueprintState[];
  is_hidden?: boolean;
  _filter_id?: string;
}

export interface UploadBlueprint {
  visibility?: Visibility;
  /** The main file inside the archive. */
  application_file_name?: string;
  /** Where the server finds the archive, when none is sent. */
  blueprint_archive_url?: string;
  /** False: the answer comes when the blueprint is parsed. */
  async_upload?: boolean;
  skip_execution?: boolean;
  labels?: { key: string; value: string }[];
}

export interface UploadOptions extends CallOptions {
  /** One directory, packed. See `fileBody`. */
  archive?: RequestBody;
  progress?: Progress;
}

export const blueprints = (rest: Rest) => ({
  /** @throws RestError `not_found_error` */
  get: (id: string, query?: { _include?: string[] }, options?: CallOptions) =>
    rest.get<Blueprint>(`blueprints/${enc(id)}`, query, options),
  page: (query: BlueprintQuery = {}, options?: CallOptions): Promise<Page<Blueprint>> =>
    rest.page<Blueprint>("blueprints", query, options),
  list: (query: BlueprintQuery = {}, options?: CallOptions) => rest.pages<Blueprint>("blueprints", query, options),
  /**
   * Hands a blueprint over; its state tells how far the server has got.
   * @throws RestError `conflict_error` the id is taken, `invalid_blueprint_error` (only without `async_upload`)
   */
  upload: (id: string, request: UploadBlueprint, options: UploadOptions = {}) =>
    rest.put<Blueprint>(`blueprints/${enc(id)}`, upload(request, options)),
  /** Parses without keeping; the result stands in `upload_execution`. */
  validate: (id: string, request: UploadBlueprint, options: UploadOptions = {}) =>
    rest.put<Blueprint>(`blueprints/${enc(id)}/validate`, upload(request, options)),
  /** Replaces labels, description and the like. */
  update: (id: string, change: Record<string, unknown>, options?: CallOptions) =>
    rest.patch<Blueprint>(`blueprints/${enc(id)}`, { json: change, ...options }),
  setVisibility: (id: string, visibility: Visibility, options?: CallOptions) =>
    rest.patch<Blueprint>(`blueprints/${enc(id)}/set-visibility`, { json: { visibility }, ...options }),
  /** A PNG; without one the icon is taken away. */
  setIcon: (id: string, icon: RequestBody | undefined, options?: CallOptions) =>
    rest.patch<Blueprint>(`blueprints/${enc(id)}/icon`, { body: icon, ...options }),
  /** @throws RestError `blueprint_in_use`, `dependent_exists_error`, `invalid_blueprint_error` */
  delete: (id: string, { force = false }: { force?: boolean } = {}, options?: CallOptions) =>
    rest.delete(`blueprints/${enc(id)}`, { query: { force }, ...options }),
  /** Saves the archive. Resolves to the path of the file. */
  download: (id: string, options: DownloadOptions) => download(rest, `blueprints/${enc(id)}/archive`, options),
});

function upload(request: UploadBlueprint, { archive, progress, signal }: UploadOptions) {
  const params = { visibility: "tenant", async_upload: true, skip_execution: false, ...request };
  const { body, contentType } = formBody(
    { name: "params", json: params },
    archive && { name: "blueprint_archive", content: withProgress(archive, progress) },
  );
  return { body, signal, headers: { "Content-type": contentType } };
}
