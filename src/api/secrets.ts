import type { Json, JsonObject, TenantResource } from "./resources.ts";
import type { Visibility } from "./statuses.ts";

export interface Secret extends Omit<TenantResource, "id"> {
  key: string;
  /** Absent in lists; empty where the caller may not see it. */
  value?: Json;
  updated_at: string;
  is_hidden_value: boolean;
  schema: JsonObject | null;
  provider_name: string | null;
  provider_options: Json;
}

export interface ExportedSecret {
  key: string;
  value: Json;
  visibility: Visibility;
  tenant_name: string;
  is_hidden_value: boolean;
  encrypted: boolean;
  provider: string | null;
  provider_options: Json;
}

export interface SecretsProvider {
  name: string;
  type: string;
  connection_parameters: JsonObject | null;
  visibility: Visibility;
  tenant_name: string;
  created_by: string;
  created_at: string;
}
