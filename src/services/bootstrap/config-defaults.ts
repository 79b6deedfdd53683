import type { Json, JsonObject } from "../../api/resources.ts";

interface ConfigDefault {
  scope: string;
  name: string;
  value: Json;
  schema: JsonObject;
}

const count = (minimum: number): JsonObject => ({ type: "integer", minimum });

/** What an operator may set, with what holds until then. Only what this server goes by is offered. */
export const CONFIG_DEFAULTS: readonly ConfigDefault[] = [
  // Minutes; with -1 no account is ever locked.
  { scope: "rest", name: "account_lock_period", value: -1, schema: { type: "number", minimum: -1 } },
  { scope: "rest", name: "blueprint_folder_max_files", value: 10_000, schema: count(0) },
  { scope: "rest", name: "blueprint_folder_max_size_mb", value: 50, schema: { type: "number", minimum: 0 } },
  { scope: "rest", name: "default_page_size", value: 1000, schema: count(1) },
  { scope: "rest", name: "failed_logins_before_account_lock", value: 4, schema: count(1) },
  { scope: "rest", name: "max_concurrent_workflows", value: 20, schema: { type: "number", minimum: 1, maximum: 1000 } },
  { scope: "workflow", name: "subgraph_retries", value: 0, schema: count(-1) },
  { scope: "workflow", name: "task_retries", value: 60, schema: count(-1) },
  // Seconds.
  { scope: "workflow", name: "task_retry_interval", value: 15, schema: count(-1) },
];
