import type { Execution } from "../../api/resources.ts";
import type { ExecutionStatus } from "../../api/statuses.ts";
import { follow } from "../../client/follow/follow.ts";
import { executionStatusSource } from "../../client/follow/source.ts";
import type { Client } from "../../client/index.ts";
import type { Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { counted } from "../output/counted.ts";
import { exitCodeOf, interruptedBy, nameOf } from "./outcome.ts";

export interface EndWanted {
  /** Seconds; 0: no limit. */
  timeout: number;
  /** The end that was asked for. */
  expected?: ExecutionStatus;
}

/**
 * Waits in silence until an execution has ended as it should: one of many, of which a table tells.
 * @throws CfyError it ended otherwise, does not exist any more, or goes on without this command
 */
export async function awaitEnd(
  ctx: Context,
  client: Client,
  execution: Execution,
  { timeout, expected = "terminated" }: EndWanted,
): Promise<Execution> {
  const source = executionStatusSource(client, execution.id);
  const options = { clock: ctx.clock, signal: ctx.signal, timeoutMs: timeout * 1000 };
  for await (const happened of follow(source, options)) {
    switch (happened.kind) {
      case "ended":
        if (happened.subject.status === expected) return happened.subject;
        throw endedAs(happened.subject);
      case "gone":
        throw new CfyError("not_found_error", "it does not exist any more", { exit: ExitCode.NotFound });
      case "timed-out":
        throw new CfyError(
          "timed_out",
          `${nameOf(execution)} has not ended within ${counted(timeout, "second")}; it goes on`,
          {
            exit: ExitCode.TimedOut,
          },
        );
      case "detached":
        throw new CfyError("detached", `${nameOf(execution)} goes on`, { exit: interruptedBy(ctx) });
      case "lost":
        ctx.verbose(1, `connection lost while waiting for ${execution.id}: ${happened.error}`);
    }
  }
  throw new Error("A follow ended without an outcome");
}

/** What was to be cancelled and has completed is no success of the cancel. */
const endedAs = ({ status, error }: Execution): CfyError =>
  new CfyError(`execution_${status}`, error || `it is ${status}`, { exit: exitCodeOf(status) || ExitCode.Failed });
