import type { EventCursor } from "../../client/follow/event-cursor.ts";
import { type Followed, type FollowSource, follow } from "../../client/follow/follow.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import { secondsText } from "../output/elapsed.ts";
import { followRenderer, type RenderOptions } from "./renderer.ts";
import type { StatusText } from "./status-line.ts";

export interface ShowOptions<Subject extends Followed = Followed> extends RenderOptions {
  /** Seconds; none, or 0: no limit. */
  timeout?: number;
  /** False: wait in silence. */
  showEvents?: boolean;
  /** False: no line that says how far it is; where many are followed at once, it would be of any of them. */
  showProgress?: boolean;
  /** What is followed, for the line that says how far it is. */
  name: string;
  /** Told when it is first seen, and whenever its status or progress has changed; `say` writes a notice. */
  onStatus?: (subject: Subject, say: (text: string) => void) => void;
  /** Follows on when the signal is aborted: what was asked for on Ctrl-C is itself worth watching. */
  signal?: AbortSignal;
  /** What was shown of it already. */
  cursor?: EventCursor;
}

export type FollowOutcome<Subject extends Followed> =
  | { kind: "ended"; subject: Subject }
  | { kind: "gone" }
  | { kind: "timed-out" }
  | { kind: "detached" };

/** Follows to the end, showing events on stdout and trouble with the connection on stderr. */
export async function followToEnd<Subject extends Followed>(
  ctx: Context,
  source: FollowSource<Subject>,
  {
    timeout,
    showEvents = true,
    showProgress = true,
    name,
    onStatus,
    signal = ctx.signal,
    cursor,
    ...rendering
  }: ShowOptions<Subject>,
): Promise<FollowOutcome<Subject>> {
  ctx.io.exitUnheard(ExitCode.Unheard);
  const renderer = followRenderer(ctx, rendering);
  try {
    const events = follow(source, {
      clock: ctx.clock,
      signal,
      timeoutMs: timeout ? timeout * 1000 : undefined,
      cursor,
    });
    let progress: StatusText = "";
    const say = (text: string) => {
      renderer.close();
      ctx.notice(text);
      renderer.progress(progress);
    };
    for await (const happened of events) {
      switch (happened.kind) {
        case "event":
          if (showEvents) renderer.event(happened.event);
          renderer.progress(progress);
          await ctx.io.stdout.drained();
          break;
        case "status":
          onStatus?.(happened.subject, say);
          if (showProgress) progress = () => progressOf(name, happened.subject, ctx.clock.now());
          renderer.progress(progress);
          break;
        case "lost":
          renderer.close();
          if (happened.failures === 1) ctx.warn(`connection lost (${messageOf(happened.error)}), retrying …`);
          else
            ctx.verbose(1, `still no connection: ${messageOf(happened.error)}; next try in ${happened.retryInMs} ms`);
          break;
        case "reconnected":
          ctx.warn(`reconnected after ${(happened.afterMs / 1000).toFixed(1)} s`);
          break;
        default:
          return happened;
      }
    }
    throw new Error("A follow ended without an outcome");
  } finally {
    renderer.close();
  }
}

/** `install on my_deployment: started, 3 of 12 operations, 1m05s` */
function progressOf(name: string, subject: Followed & { total_operations?: number | null }, now: number): string {
  const { status, finished_operations: finished, total_operations: total, started_at: started } = subject;
  const parts = [`${name}: ${status}`];
  if (total) parts.push(`${finished ?? 0} of ${total} operations`);
  if (started) parts.push(secondsText((now - Date.parse(started)) / 1000));
  return parts.join(", ");
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
