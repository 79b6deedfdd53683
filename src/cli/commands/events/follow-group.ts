import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import {
  executionGroupSource,
  exitCodeOf,
  followToEnd,
  groupNameOf,
  interruptedBy,
  whyPaused,
} from "../../follow/index.ts";
import { counted } from "../../output/counted.ts";

interface Showing {
  logs: boolean;
  jsonOutput?: boolean;
  workerNames?: boolean;
  /** False: wait in silence. */
  showEvents?: boolean;
  /** Seconds; none, or 0: no limit. */
  timeout?: number;
}

/** Follows the executions of a group until the last of them has ended. */
export async function followGroup(
  ctx: Context,
  client: Client,
  group: Parameters<typeof groupNameOf>[0] & { concurrency?: number },
  showing: Showing,
): Promise<ExitCode> {
  const name = groupNameOf(group);
  const paused = whyPaused(group);
  if (paused) ctx.notice(`${name} ${paused}`);
  const outcome = await followToEnd(ctx, executionGroupSource(client, group.id, showing), {
    ...showing,
    group: true,
    name,
  });
  const hint = [`cfy events list -g ${group.id} --tail`, `cfy executions groups cancel ${group.id}`];
  switch (outcome.kind) {
    case "ended":
      ctx.output.line(`${name} is ${outcome.subject.status}`);
      return exitCodeOf(outcome.subject.status);
    case "gone":
      throw new CfyError("not_found_error", `${name} does not exist any more`, { exit: ExitCode.NotFound });
    case "timed-out":
      throw new CfyError(
        "timed_out",
        `${name} has not ended within ${counted(showing.timeout ?? 0, "second")}; it goes on`,
        {
          exit: ExitCode.TimedOut,
          hint,
        },
      );
    case "detached":
      throw new CfyError("detached", `${name} goes on without this terminal`, { exit: interruptedBy(ctx), hint });
  }
}
