import { EXECUTION_ACTIONS, type ExecutionAction, type ExecutionStatus } from "../../api/statuses.ts";
import { pythonRepr, pythonStr } from "../../lib/python-text.ts";
import { badParameters, Refusal } from "../refusal.ts";

export type CancelAction = "cancel" | "force-cancel" | "kill";
export type ResumeAction = "resume" | "force-resume";

const CANCELLABLE: readonly ExecutionStatus[] = ["pending", "started", "scheduled", "queued"];
const RESUMABLE: readonly ExecutionStatus[] = ["cancelled", "failed"];

/** @throws bad_parameters_error for a word that is no action */
export function parseAction(action: unknown, allowed: readonly ExecutionAction[] = EXECUTION_ACTIONS): ExecutionAction {
  const known = allowed.find((candidate) => candidate === action);
  if (known) return known;
  throw badParameters(`Invalid action: ${pythonStr(action)}, Valid action values are: ${pythonRepr([...allowed])}`);
}

export const isResume = (action: ExecutionAction): action is ResumeAction =>
  action === "resume" || action === "force-resume";

/**
 * The status that an execution gets when it is asked to stop. A kill is never refused: it also cleans up what is left
 * of an execution that has ended.
 * @throws illegal_action_error when it has ended already, or is being stopped at least as hard
 */
export function statusWhenCancelled(
  { id, status }: { id: string; status: ExecutionStatus },
  action: CancelAction,
): "cancelling" | "force_cancelling" | "kill_cancelling" {
  if (action === "kill") return "kill_cancelling";
  if (mayBeCancelled({ status }, action)) return action === "force-cancel" ? "force_cancelling" : "cancelling";
  throw new Refusal("illegal_action_error", `Can't ${action} execution ${id} because it's in status ${status}`);
}

/** Whether the request would be granted. */
export function mayBeCancelled({ status }: { status: ExecutionStatus }, action: CancelAction): boolean {
  return action === "kill" || CANCELLABLE.includes(status) || (action === "force-cancel" && status === "cancelling");
}

/**
 * `started` may be resumed as well: that is how an execution whose worker vanished is set going again by hand.
 * @throws conflict_error when there is nothing to resume
 */
export function validateResume({ id, status }: { id: string; status: ExecutionStatus }, action: ResumeAction): void {
  if (RESUMABLE.includes(status) || (action === "resume" && status === "started")) return;
  throw new Refusal("conflict_error", `Cannot ${action} execution: \`${id}\` in state: \`${status}\``);
}
