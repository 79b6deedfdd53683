import type { Event } from "../../api/resources.ts";
import { pythonJson } from "../../lib/python-json.ts";
import type { Context } from "../context.ts";
import { EVENT_COLUMNS } from "./event-columns.ts";
import { mappedEvent } from "./event-json.ts";
import { eventLine, isDebug, type LineOptions } from "./event-line.ts";
import { StatusLine, type StatusText } from "./status-line.ts";

export interface RenderOptions extends Omit<LineOptions, "paint" | "time"> {
  /** Events as JSON lines whatever the format of the rest: the older `--json-output`. */
  jsonOutput?: boolean;
}

/** How each event is told: a line for people, a part of a document for programs, nothing where nobody asked for it. */
export function eventTexts(ctx: Context, { jsonOutput, ...line }: RenderOptions): (event: Event) => string {
  const { format, time, rowTexts } = ctx.output;
  const asJson = (event: Event): string => `${pythonJson(mappedEvent(event))}\n`;
  if (jsonOutput || format === "json" || format === "jsonl") return asJson;
  if (format === "yaml") return (event) => `- ${asJson(event)}`;
  if (format === "id") return () => "";
  if (rowTexts) return rowTexts(EVENT_COLUMNS);
  const { paint } = ctx.io.stdout;
  return (event) => (isDebug(event) && ctx.verbosity < 2 ? "" : `${eventLine(event, { ...line, paint, time })}\n`);
}

/** Writes what a follow yields. */
export interface FollowRenderer {
  event(event: Event): void;
  /** What goes on at this moment; shown where it can be replaced by the next, and nowhere else. */
  progress(text: StatusText): void;
  /** Nothing of the progress stays on the screen. */
  close(): void;
}

export function followRenderer(ctx: Context, options: RenderOptions): FollowRenderer {
  const { stdout } = ctx.io;
  // Events that go into a pipe may come back to this terminal, in the middle of the line.
  const status = new StatusLine(ctx, { enabled: stdout.tty });
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
