import type { JsonObject } from "../../api/resources.ts";
import type { BlueprintState } from "../../api/statuses.ts";
import { defaulted, flag, json, nullable, oneOf, table, text } from "../column.ts";
import { resource } from "./resource.ts";

export const blueprints = table("blueprints", {
  ...resource,
  updated_at: nullable(text),
  main_file_name: nullable(text),
  plan: nullable(json<JsonObject>()),
  requirements: nullable(json<JsonObject>()),
  description: nullable(text),
  is_hidden: defaulted(flag),
  state: oneOf<BlueprintState>(),
  error: nullable(text),
  error_traceback: nullable(text),
  upload_execution_id: nullable(text),
});
