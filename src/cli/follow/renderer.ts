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

/** Writes what a follow yields. */
export interface FollowRenderer {
  event(event: Event): void;
  /** What goes on at this moment; shown where it can be replaced by the next, and nowhere else. */
  progress(text: string): void;
  /** Nothing of the progress stays on the screen. */
  close(): void;
}

export function followRenderer(ctx: Context, { jsonOutput, ...line }: RenderOptions): FollowRenderer {
  const { stdout, stderr } = ctx.io;
  const { time } = ctx.output;
  const status = new StatusLine(stderr, { enabled: ctx.verbosity >= 0 && stderr.tty && stdout.tty });
  const asJson = jsonOutput || ctx.output.format !== "table";
  const paint = stdout.paint.bind(stdout);
  const show = asJson
    ? (event: Event) => pythonJson(mappedEvent(event))
    : (event: Event) => eventLine(event, { ...line, paint, time });
  return {
    event(event) {
      if (!asJson && isDebug(event) && ctx.verbosity < 2) return;
      status.clear();
      stdout.write(`${show(event)}\n`);
    },
    progress: (text) => status.show(text),
    close: () => status.clear(),
  };
}
