import type { AuditRecord } from "../../../api/manager.ts";
import { pythonJson } from "../../../lib/python-json.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { interruptedBy } from "../../follow/index.ts";
import { cellText } from "../../output/cell.ts";
import type { TimeForm } from "../../output/time-form.ts";
import { objectOf } from "./columns.ts";

/** Writes records as they come: lines for people, JSON lines for programs. */
export async function followRecords(
  ctx: Context,
  open: (signal: AbortSignal) => AsyncIterable<AuditRecord>,
  timeoutSeconds: number,
): Promise<ExitCode> {
  const over = new AbortController();
  const watch = timeoutSeconds > 0 ? ctx.clock.sleep(timeoutSeconds * 1000, over.signal) : undefined;
  const late = new AbortController();
  watch?.then(
    () => late.abort(),
    () => {},
  );
  const { format, time } = ctx.output;
  const show = format === "table" ? (record: AuditRecord) => recordLine(record, time) : pythonJson;
  try {
    for await (const record of open(AbortSignal.any([ctx.signal, late.signal]))) {
      ctx.io.stdout.write(`${show(record)}\n`);
      await ctx.io.stdout.drained();
    }
    return ExitCode.Ok;
  } catch (error) {
    if (ctx.signal.aborted) return interruptedBy(ctx);
    if (late.signal.aborted) return ExitCode.TimedOut;
    throw error;
  } finally {
    over.abort();
  }
}

function recordLine(record: AuditRecord, time: TimeForm): string {
  const { created_at, operation, creator_name: user, execution_id: execution } = record;
  const by = [user && `by ${user}`, execution && `in execution ${execution}`].filter(Boolean).join(" ");
  return `${cellText(time(created_at))}  ${operation.padEnd(6)}  ${objectOf(record)}${by && `  ${by}`}`;
}
