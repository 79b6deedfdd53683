import type { Exchange, Recording } from "./recording.ts";

/** Refusals with status 400 or 405 that mean: something is in the way. */
const CONFLICTS = new Set([
  "existing_running_execution_error",
  "dependent_exists_error",
  "blueprint_in_use",
  "plugin_in_use",
  "unavailable_workflow_error",
  "deployment_environment_creation_in_progress_error",
  "deployment_environment_creation_pending_error",
]);
const NOT_FOUND = new Set(["nonexistent_workflow_error", "not_found_error"]);

/**
 * The exit codes that a recorded run may have here. The original knows 0, 1 and 2; here 1 is told apart by what the
 * manager answered last, and a followed execution that was cancelled is no success.
 */
export function exitCodesFor({ argv, exit_code, exchanges, profile }: Recording): number[] {
  if (exit_code === 2) return [2];
  const last = exchanges.at(-1);
  // Some commands of the original report a refusal and call it success.
  if (last && argv[1] !== "profiles" && exchanges.every(({ status }) => status >= 400)) return [codeOfRefusal(last)];
  if (exit_code === 0) return followedStatus(exchanges) === "cancelled" ? [3] : [0];
  // Refused before anything was sent: a mistake on the command line, a missing file, a profile without credentials.
  if (!last) return profile === "dead" ? [69] : [1, 2, 4, 5];
  if (last.status >= 400) return [codeOfRefusal(last)];
  // A blueprint that did not parse ends with a look at the blueprint.
  const status = last.path.includes("/blueprints/") ? "failed" : followedStatus(exchanges);
  if (status === undefined) return [1, 5];
  // It was left while it ran: by a time-out or by Ctrl-C.
  return status === "failed" ? [1] : status === "cancelled" ? [3] : [124, 130];
}

function codeOfRefusal({ status, path, response }: Exchange): number {
  const code = response && "json" in response ? (response.json as { error_code?: string }).error_code : undefined;
  if (status === 401 || status === 403) return 4;
  if (status === 404 || NOT_FOUND.has(code ?? "")) return 5;
  if (status === 409 || CONFLICTS.has(code ?? "")) return 6;
  // An execution that has ended cannot be cancelled.
  if (code === "illegal_action_error" && /\/executions\/[^/]+$/.test(path)) return 6;
  return status === 503 ? 75 : 1;
}

/** How the execution stood when it was looked at last; undefined when none was. */
export function followedStatus(exchanges: readonly Exchange[]): string | undefined {
  let status: string | undefined;
  for (const { method, path, response } of exchanges) {
    if (method !== "GET" || !/\/executions\/[^/]+$/.test(path)) continue;
    if (response && "json" in response) status = (response.json as { status?: string }).status;
  }
  return exchanges.some(isPoll) ? status : undefined;
}

const isPoll = ({ path, query }: Exchange): boolean =>
  path.endsWith("/events") && new Map(query).get("_size") === "100";
