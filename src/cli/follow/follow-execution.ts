import type { Execution } from "../../api/resources.ts";
import { cursorOf } from "../../client/follow/follow.ts";
import { executionSource } from "../../client/follow/source.ts";
import { type Client, RestError } from "../../client/index.ts";
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit-code.ts";
import { type FollowOutcome, followToEnd, type ShowOptions } from "./follow-to-end.ts";
import { nameOf, reportOutcome } from "./outcome.ts";
import { WaitingNotices } from "./why-waiting.ts";

export interface FollowExecutionOptions extends Omit<ShowOptions, "name" | "signal" | "onStatus"> {
  logs: boolean;
  /** Ctrl-C cancels the execution, and the follow goes on to its end; a second one quits. */
  cancelOnInterrupt?: boolean;
}

/** Follows an execution without a word about how it came out; says why it waits while it does. */
export async function awaitExecution(
  ctx: Context,
  client: Client,
  execution: Execution,
  options: FollowExecutionOptions,
): Promise<FollowOutcome<Execution>> {
  const source = executionSource(client, execution.id, options);
  const waiting = new WaitingNotices(ctx, client);
  const showing: ShowOptions<Execution> = {
    ...options,
    name: nameOf(execution),
    cursor: cursorOf(source),
    onStatus: (now, say) => waiting.seen(now, say),
  };
  try {
    const outcome = await followToEnd(ctx, source, showing);
    if (outcome.kind !== "detached" || !options.cancelOnInterrupt) return outcome;

    ctx.notice(`Cancelling ${nameOf(execution)} (${execution.id}); Ctrl-C again leaves it to itself.`);
    await client.executions.act(execution.id, "cancel").catch(unlessEnding);
    return await followToEnd(ctx, source, { ...showing, signal: new AbortController().signal });
  } finally {
    waiting.stop();
  }
}

/** It has ended in this very moment, or somebody else is cancelling it: how it ends is told all the same. */
function unlessEnding(error: unknown): void {
  if (!(error instanceof RestError && error.code === "illegal_action_error")) throw error;
}

/** Follows an execution to its end and says how it came out. */
export async function followExecution(
  ctx: Context,
  client: Client,
  execution: Execution,
  options: FollowExecutionOptions,
): Promise<ExitCode> {
  if (ctx.output.format === "id") ctx.io.stdout.write(`${execution.id}\n`);
  const outcome = await awaitExecution(ctx, client, execution, options);
  return reportOutcome(ctx, outcome, execution, options);
}
