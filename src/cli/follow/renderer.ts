import type { Event } from "../../api/resources.ts";
import { pythonJson } from "../../lib/python-json.ts";
import type { Context } from "../context.ts";
import { mappedEvent } from "./event-json.ts";
import { eventLine, isDebug, type LineOptions } from "./event-line.ts";
import { StatusLine } from "./status-line.ts";

export interface RenderOptions extends Omit<LineOptions, "paint" | "time"> {
  /** Events as JSON lines whatever the format of the rest: the older `--json-output`. */
  jsonOutput?: boolean;
}

/** How an event is told: lines for people, one line of JSON for programs, nothing where nobody asked for it. */
export function eventTexts(ctx: Context, { jsonOutput, ...line }: RenderOptions): (event: Event) => string {
  if (jsonOutput || ctx.output.format !== "table") return (event) => `${pythonJson(mappedEvent(event))}\n`;
  const { paint } = ctx.io.stdout;
  const { time } = ctx.output;
  return (event) => (isDebug(event) && ctx.verbosity < 2 ? "" : `${eventLine(event, { ...line, paint, time })}\n`);
}

/** Writes what a follow yields. */
export interface FollowRenderer {
  event(event: Event): void;
  /** What goes on at this moment; shown where it can be replaced by the next, and nowhere else. */
  progress(text: string): void;
  /** Nothing of the progress stays on the screen. */
  close(): void;
}

export function followRenderer(ctx: Context, options: RenderOptions): FollowRenderer {
  const { stdout, stderr } = ctx.io;
  const status = new StatusLine(stderr, { enabled: ctx.verbosity >= 0 && stderr.tty && stdout.tty });
  const textOf = eventTexts(ctx, options);
  return {
    event(event) {
      const text = textOf(event);
      if (text === "") return;
      status.clear();
      stdout.write(text);
    },
    progress: (text) => status.show(text),
    close: () => status.clear(),
  };
}
