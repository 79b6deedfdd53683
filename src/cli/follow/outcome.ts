import type { Execution } from "../../api/resources.ts";
import type { ExecutionStatus } from "../../api/statuses.ts";
import type { Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import type { Style } from "../io.ts";
import { counted } from "../output/counted.ts";
import type { FollowOutcome } from "./follow-to-end.ts";

/** `install on my_deployment` */
export const nameOf = ({ workflow_id, deployment_id }: Pick<Execution, "workflow_id" | "deployment_id">): string =>
  deployment_id ? `${workflow_id} on ${deployment_id}` : workflow_id;

export interface OutcomeOptions {
  /** Seconds that were given to it. */
  timeout?: number;
  /** The end that was asked for: with it the exit code is 0. */
  expected?: ExecutionStatus;
}

/** Says how an execution came out, in one line for people, and answers with the exit code for their script. */
export function reportOutcome(
  ctx: Context,
  outcome: FollowOutcome<Execution>,
  execution: Execution,
  { timeout, expected = "terminated" }: OutcomeOptions = {},
): ExitCode {
  const name = nameOf(execution);
  switch (outcome.kind) {
    case "ended":
      return reportEnd(ctx, outcome.subject, expected);
    case "gone":
      throw new CfyError("not_found_error", `${name} (${execution.id}) does not exist any more`, {
        exit: ExitCode.NotFound,
      });
    case "timed-out":
      return leave(
        ctx,
        ExitCode.TimedOut,
        "timed_out",
        `${name} has not ended within ${counted(timeout ?? 0, "second")}; it goes on`,
        execution,
      );
    case "detached":
      return leave(ctx, interruptedBy(ctx), "detached", `${name} goes on without this terminal`, execution);
  }
}

/** The exit code of a final status. */
export function exitCodeOf(status: string): ExitCode {
  if (status === "cancelled") return ExitCode.ExecutionCancelled;
  return status === "failed" ? ExitCode.Failed : ExitCode.Ok;
}

export const interruptedBy = (ctx: Context): ExitCode =>
  ctx.signal.reason === "SIGTERM" ? ExitCode.Terminated : ExitCode.Interrupted;

const ENDS: Readonly<Record<string, { words: string; style: Style }>> = {
  terminated: { words: "has completed", style: "green" },
  failed: { words: "has failed", style: "red" },
  cancelled: { words: "was cancelled", style: "yellow" },
};

/** How something with this status is said to have come out: `has failed`. */
export const howItEnded = (status: string): string => endOf(status).words;

const endOf = (status: string) => ENDS[status] ?? { words: `is ${status}`, style: "yellow" as const };

function reportEnd(ctx: Context, execution: Execution, expected: ExecutionStatus): ExitCode {
  const { status, error, id } = execution;
  const code = status === expected ? ExitCode.Ok : exitCodeOf(status);
  ctx.io.exitUnheard(code);
  const { paint } = ctx.io.stdout;
  const reason = status === "failed" ? (error ?? "").trimEnd() : "";
  const why = reason && `:${reason.includes("\n") ? "\n" : " "}${reason}`;
  const { words, style } = endOf(status);
  const told = `${nameOf(execution)} ${words}${why}`;
  if (ctx.output.format !== "table" && code !== ExitCode.Ok) {
    throw new CfyError(`execution_${status}`, told, { exit: code, hint: nextSteps(status, id) });
  }
  ctx.output.line(paint(style, told));
  for (const step of nextSteps(status, id)) ctx.notice(`  ${step}`);
  return code;
}

function nextSteps(status: string, id: string): string[] {
  const events = `cfy events list ${id}`;
  if (status === "terminated") return [events];
  return [events, `cfy executions resume ${id}`];
}

/** The work goes on and this command does not: which one it is, and how to come back to it. */
function leave(ctx: Context, exit: ExitCode, code: string, message: string, { id, status }: Execution): ExitCode {
  const harder = status === "cancelling" ? " --force" : status === "force_cancelling" ? " --kill" : "";
  const hint = [`cfy executions watch ${id}`, `cfy executions cancel ${id}${harder}`];
  if (ctx.output.format !== "table") throw new CfyError(code, message, { exit, hint });
  for (const line of [`${message} (${id}).`, ...hint.map((step) => `  ${step}`)]) ctx.notice(line);
  return exit;
}
