import type { ListQuery } from "../../api/paging.ts";
import type { Json, JsonObject } from "../../api/resources.ts";
import type { ExportedSecret, Secret, SecretsProvider } from "../../api/secrets.ts";
import type { Visibility } from "../../api/statuses.ts";
import { enc } from "../query.ts";
import type { CallOptions, Rest } from "../rest.ts";

export interface CreateSecret {
  /** Absent when a provider keeps it. */
  value?: Json;
  schema?: JsonObject;
  update_if_exists?: boolean;
  is_hidden_value?: boolean;
  visibility?: Visibility;
  provider_name?: string;
  provider_options?: JsonObject;
}

export type UpdateSecret = Partial<Omit<CreateSecret, "update_if_exists" | "schema">>;

export interface ImportSecrets {
  secrets_list: ExportedSecret[];
  override_collisions: boolean;
  tenant_map?: Record<string, string>;
  passphrase?: string;
}

export interface ImportedSecrets {
  colliding_secrets: Record<string, string[]>;
  secrets_errors: Record<string, JsonObject>;
}

export interface DescribeProvider {
  /** Empty in a check of one that is not kept. */
  name: string;
  type: string;
  connection_parameters?: JsonObject;
}

export type ChangeProvider = Partial<Omit<DescribeProvider, "name">> & { visibility?: Visibility };

export const secrets = (rest: Rest) => ({
  /** With its value, where the caller may see it. @throws RestError `not_found_error` */
  get: (key: string, options?: CallOptions) => rest.get<Secret>(`secrets/${enc(key)}`, {}, options),
  /** Without values. */
  page: (query: ListQuery = {}, options?: CallOptions) => rest.page<Secret>("secrets", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) => rest.pages<Secret>("secrets", query, options),
  /** @throws RestError `conflict_error` it exists, or the value does not fit the schema */
  create: (key: string, request: CreateSecret, options?: CallOptions) => {
    const defaults = { update_if_exists: false, is_hidden_value: false, visibility: "tenant" };
    return rest.put<Secret>(`secrets/${enc(key)}`, { json: { ...defaults, ...request }, ...options });
  },
  update: (key: string, change: UpdateSecret, options?: CallOptions) =>
    rest.patch<Secret>(`secrets/${enc(key)}`, { json: { provider_options: {}, ...change }, ...options }),
  setOwner: (key: string, creator: string, options?: CallOptions) =>
    rest.patch<Secret>(`secrets/${enc(key)}`, { json: { creator }, ...options }),
  setVisibility: (key: string, visibility: Visibility, options?: CallOptions) =>
    rest.patch<Secret>(`secrets/${enc(key)}/set-visibility`, { json: { visibility }, ...options }),
  delete: (key: string, options?: CallOptions) => rest.delete(`secrets/${enc(key)}`, options),
  /** Values in the clear, unless a passphrase is given. */
  export: (query: ListQuery & { _passphrase?: string; _include_metadata?: boolean } = {}, options?: CallOptions) =>
    rest.get<ExportedSecret[]>("secrets/share/export", query, options),
  import: (request: ImportSecrets, options?: CallOptions) =>
    rest.post<ImportedSecrets>("secrets/share/import", { json: request, ...options }),
});

export const secretsProviders = (rest: Rest) => ({
  get: (name: string, options?: CallOptions) =>
    rest.get<SecretsProvider>(`secrets-providers/${enc(name)}`, {}, options),
  page: (query: ListQuery = {}, options?: CallOptions) =>
    rest.page<SecretsProvider>("secrets-providers", query, options),
  list: (query: ListQuery = {}, options?: CallOptions) =>
    rest.pages<SecretsProvider>("secrets-providers", query, options),
  /** @throws RestError `missing_premium_package_error` */
  create: (request: DescribeProvider & { visibility?: Visibility }, options?: CallOptions) =>
    rest.put<SecretsProvider>("secrets-providers", { json: { visibility: "tenant", ...request }, ...options }),
  /** Resolves when the server has reached it. */
  check: (request: DescribeProvider, options?: CallOptions) =>
    rest.put<void>("secrets-providers", { json: { ...request, test: true }, ...options }),
  update: (name: string, change: ChangeProvider, options?: CallOptions) =>
    rest.patch<SecretsProvider>(`secrets-providers/${enc(name)}`, { json: { name, ...change }, ...options }),
  delete: (name: string, options?: CallOptions) => rest.delete(`secrets-providers/${enc(name)}`, options),
});
