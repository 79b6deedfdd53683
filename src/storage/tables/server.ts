import type { Json, JsonObject } from "../../api/resources.ts";
import { defaulted, flag, integer, json, nullable, oneOf, sequence, table, text } from "../column.ts";

export const config = table("config", {
  scope: text,
  name: text,
  value: json<Json>(),
  schema: nullable(json<JsonObject>()),
  is_editable: defaulted(flag),
  admin_only: defaulted(flag),
  updated_at: nullable(text),
  updater_name: nullable(text),
});

export const providerContext = table("provider_context", { id: text, name: text, context: json<JsonObject>() });

/** What the server remembers about itself, such as the maintenance mode. */
export const settings = table("settings", { name: text, value: json<Json>() });

export const auditLog = table("audit_log", {
  id: sequence,
  ref_table: text,
  ref_id: nullable(integer),
  ref_identifier: nullable(text),
  operation: oneOf<"create" | "update" | "delete">(),
  creator_name: nullable(text),
  execution_id: nullable(text),
  created_at: text,
});
