import type { Context } from "../context.ts";
import { ExitCode } from "../exit-code.ts";
import type { RowsOptions } from "../output/output.ts";

/** What was done: a line for people, the thing as it is now for programs. */
export async function showChanged<Row>(
  ctx: Context,
  line: string,
  row: Row,
  options: RowsOptions<Row>,
): Promise<ExitCode> {
  if (ctx.output.format === "table") ctx.output.line(line);
  else await ctx.output.record(row, options);
  return ExitCode.Ok;
}

/** What is gone: a line for people, its id for programs. */
export async function showDeleted(ctx: Context, line: string, id: string): Promise<ExitCode> {
  await ctx.output.document({ deleted: id }, () => `${line}\n`);
  return ExitCode.Ok;
}
