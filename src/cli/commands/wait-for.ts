import { combinedExit } from "../combined-exit.ts";
import type { Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { type Ending, exitCodeOf, type Followed, howItEnded, interruptedBy } from "../follow/index.ts";
import { elapsedText } from "../output/elapsed.ts";

/** One line on stderr when something that was waited for has ended. */
export function sayEnding(ctx: Context, { kind, subject, name }: Ending<Followed>): void {
  const how = kind === "gone" ? "does not exist any more" : howItEnded(subject.status);
  ctx.notice(`${name} (${subject.id}) ${how}`);
}

interface Waiting {
  /** Seconds. */
  timeout: number;
  /** How to come back to one that goes on. */
  again(id: string): string;
}

/**
 * The exit code of several that were waited for together; says what goes on without this command.
 * @throws CfyError where a program reads: not all of them completed
 */
export function waitExit(ctx: Context, endings: readonly Ending<Followed>[], { timeout, again }: Waiting): ExitCode {
  const exit = combinedExit(endings.map((ending) => exitOf(ctx, ending)));
  if (exit !== ExitCode.Ok && ctx.output.format !== "table") {
    const bad = endings.filter((ending) => exitOf(ctx, ending) !== ExitCode.Ok).length;
    throw new CfyError("not_all_completed", `${bad} of ${endings.length} did not complete`, { exit });
  }
  const going = endings.filter(({ kind }) => kind === "timed-out" || kind === "detached");
  if (going.length > 0) {
    const why = going[0]?.kind === "timed-out" ? ` after ${elapsedText(timeout)}` : "";
    ctx.notice(`${going.length} of ${endings.length} have not ended${why}; they go on.`);
    for (const { subject } of going.slice(0, 3)) ctx.notice(`  ${again(subject.id)}`);
  }
  return exit;
}

function exitOf(ctx: Context, { kind, subject }: Ending<Followed>): ExitCode {
  switch (kind) {
    case "ended":
      return exitCodeOf(subject.status);
    case "gone":
      return ExitCode.NotFound;
    case "timed-out":
      return ExitCode.TimedOut;
    case "detached":
      return interruptedBy(ctx);
    case "left":
      return ExitCode.Ok;
  }
}
