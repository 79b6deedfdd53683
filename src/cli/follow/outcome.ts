import type { Execution } from "../../api/resources.ts";
import type { Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import type { FollowOutcome } from "./follow-to-end.ts";

/** `install on my_deployment` */
export const nameOf = ({ workflow_id, deployment_id }: Pick<Execution, "workflow_id" | "deployment_id">): string =>
  deployment_id ? `${workflow_id} on ${deployment_id}` : workflow_id;

/** Says how an execution came out, in one line for people, and answers with the exit code for their script. */
export function reportOutcome(
  ctx: Context,
  outcome: FollowOutcome<Execution>,
  execution: Execution,
  { timeout }: { timeout?: number } = {},
): ExitCode {
  const name = nameOf(execution);
  switch (outcome.kind) {
    case "ended":
      return reportEnd(ctx, outcome.subject);
    case "gone":
      throw new CfyError("not_found_error", `${name} (${execution.id}) does not exist any more`, {
        exit: ExitCode.NotFound,
      });
    case "timed-out":
      return leave(
        ctx,
        ExitCode.TimedOut,
        "timed_out",
        `${name} has not ended within ${timeout} seconds; it goes on`,
        execution.id,
      );
    case "detached":
      return leave(ctx, interruptedBy(ctx), "detached", `${name} goes on without this terminal`, execution.id);
  }
}

/** The exit code of a final status. */
export function exitCodeOf(status: string): ExitCode {
  if (status === "cancelled") return ExitCode.ExecutionCancelled;
  return status === "failed" ? ExitCode.Failed : ExitCode.Ok;
}

export const interruptedBy = (ctx: Context): ExitCode =>
  ctx.signal.reason === "SIGTERM" ? ExitCode.Terminated : ExitCode.Interrupted;

function reportEnd(ctx: Context, execution: Execution): ExitCode {
  const { status, error, id } = execution;
  const code = exitCodeOf(status);
  const { paint } = ctx.io.stdout;
  const why = status === "failed" && error ? `: ${error}` : "";
  const told = `${nameOf(execution)} ${status === "terminated" ? "has completed" : status === "failed" ? "has failed" : "was cancelled"}${why}`;
  if (ctx.output.format !== "table" && code !== ExitCode.Ok) {
    throw new CfyError(`execution_${status}`, told, { exit: code, hint: nextSteps(status, id) });
  }
  ctx.output.line(paint(status === "terminated" ? "green" : status === "failed" ? "red" : "yellow", told));
  for (const step of nextSteps(status, id)) ctx.notice(`  ${step}`);
  return code;
}

function nextSteps(status: string, id: string): string[] {
  const events = `cfy events list ${id}`;
  if (status === "terminated") return [events];
  return [events, `cfy executions resume ${id}`];
}

/** The work goes on and this command does not: which one it is, and how to come back to it. */
function leave(ctx: Context, exit: ExitCode, code: string, message: string, id: string): ExitCode {
  const hint = [`cfy executions watch ${id}`, `cfy executions cancel ${id}`];
  if (ctx.output.format !== "table") throw new CfyError(code, message, { exit, hint });
  for (const line of [`${message} (${id}).`, ...hint.map((step) => `  ${step}`)]) ctx.notice(line);
  return exit;
}
