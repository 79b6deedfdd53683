import { type Followed, type FollowSource, follow } from "../../client/follow/follow.ts";
import type { Context } from "../context.ts";
import { secondsText } from "../output/elapsed.ts";
import { StatusLine } from "./status-line.ts";

/** One of the things that are waited for. */
export interface Awaited<Subject extends Followed> {
  /** As it was first seen. */
  subject: Subject;
  /** What people call it: `install on my_deployment`. */
  name: string;
  source: FollowSource<Subject>;
}

export interface Ending<Subject extends Followed> {
  /** `left`: it was not waited for any more, because another one had ended. */
  kind: "ended" | "gone" | "timed-out" | "detached" | "left";
  /** As it was last seen. */
  subject: Subject;
  name: string;
}

export interface AwaitOptions<Subject extends Followed> {
  /** Seconds for all of them together; 0: no limit. */
  timeout: number;
  /** Enough when the first one has ended. */
  any: boolean;
  /** Told when one is first seen, and whenever its status or progress has changed; `say` writes a notice. */
  onStatus?(subject: Subject, say: (text: string) => void): void;
  onEnd?(ending: Ending<Subject>): void;
}

/** Waits for several things at once, in silence; trouble with the connection is said once for all. */
export async function awaitMany<Subject extends Followed>(
  ctx: Context,
  wanted: readonly Awaited<Subject>[],
  { timeout, any, onStatus, onEnd }: AwaitOptions<Subject>,
): Promise<Ending<Subject>[]> {
  const enough = new AbortController();
  const signal = AbortSignal.any([ctx.signal, enough.signal]);
  const line = new StatusLine(ctx);
  const connection = new SharedConnection(ctx, line);
  let ended = 0;
  const began = ctx.clock.now();
  const passed = () => secondsText((ctx.clock.now() - began) / 1000);
  const progress = () => line.show(() => `${ended} of ${wanted.length} have ended, ${passed()}`);
  const say = (text: string) => {
    line.clear();
    ctx.notice(text);
    progress();
  };

  const one = async ({ subject: first, name, source }: Awaited<Subject>): Promise<Ending<Subject>> => {
    let subject = first;
    for await (const happened of follow(source, { clock: ctx.clock, signal, timeoutMs: timeout * 1000 })) {
      switch (happened.kind) {
        case "event":
          break;
        case "status":
          subject = happened.subject;
          onStatus?.(subject, say);
          progress();
          break;
        case "lost":
          connection.lost(first.id, happened.error);
          break;
        case "reconnected":
          connection.found(first.id, happened.afterMs);
          break;
        default: {
          const kind = happened.kind === "detached" && !ctx.signal.aborted ? "left" : happened.kind;
          return { kind, subject: happened.kind === "ended" ? happened.subject : subject, name };
        }
      }
    }
    throw new Error("A follow ended without an outcome");
  };

  try {
    return await Promise.all(
      wanted.map(async (each) => {
        const ending = await one(each);
        if (ending.kind !== "ended" && ending.kind !== "gone") return ending;
        ended++;
        line.clear();
        onEnd?.(ending);
        progress();
        if (any) enough.abort();
        return ending;
      }),
    );
  } finally {
    enough.abort();
    line.clear();
  }
}

/** One server answers for all: when it is away, it is away for each of them. */
class SharedConnection {
  readonly #without = new Set<string>();

  constructor(
    private readonly ctx: Context,
    private readonly line: StatusLine,
  ) {}

  lost(id: string, error: unknown): void {
    if (this.#without.size === 0) {
      this.line.clear();
      this.ctx.warn(`connection lost (${error instanceof Error ? error.message : error}), retrying …`);
    }
    this.#without.add(id);
  }

  found(id: string, afterMs: number): void {
    this.#without.delete(id);
    if (this.#without.size > 0) return;
    this.line.clear();
    this.ctx.warn(`reconnected after ${(afterMs / 1000).toFixed(1)} s`);
  }
}
