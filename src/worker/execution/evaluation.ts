import type { Json, JsonObject } from "../../api/resources.ts";
import type { Database, ExecutionRow } from "../../storage/index.ts";
import type { Evaluate } from "./evaluate.ts";

const FUNCTIONS = /^(get_|concat$|merge$|string_)/;

/** Evaluates intrinsic functions of deployments; values without any are left alone at no cost. */
export function evaluation(_database: Database) {
  return {
    evaluator:
      (_execution: ExecutionRow): Evaluate =>
      async (value) => {
        if (!hasFunctions(value)) return value;
        throw new Error("Intrinsic functions that are left for run time cannot be evaluated yet");
      },
    capabilities: async (_execution: ExecutionRow): Promise<JsonObject> => ({}),
  };
}

function hasFunctions(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasFunctions);
  const keys = Object.keys(value);
  return (keys.length === 1 && FUNCTIONS.test(keys[0] ?? "")) || Object.values(value).some(hasFunctions);
}
