import { combinedExit } from "../combined-exit.ts";
import type { Context } from "../context.ts";
import { CfyError, usageError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { explain } from "../explain.ts";
import { StatusLine } from "../follow/status-line.ts";
import type { Column } from "../output/column.ts";
import type { BulkValues } from "./options.ts";
import type { Targets } from "./targets.ts";

/** One thing: its id, and what else is known of it. */
export type Named<Row> = Partial<Row> & { id: string };

/** What came of one thing. */
export type Outcome<Row> = Named<Row> & {
  /** `deleted`, `failed`, `goes on`, `not done`, `would be deleted`. */
  result: string;
  error: string | null;
};

/** What is done to many things of one kind, one by one. */
export interface Bulk<Row> {
  /** `["deployment", "deployments"]` */
  noun: readonly [one: string, many: string];
  /** In the imperative: `delete`. */
  verb: string;
  /** As it is told afterwards: `deleted`. */
  done: string;
  columns: readonly Column<Outcome<Row>>[];
  /** What shows which they are, where --dry-run means something else. */
  shownBy?: string;
  /** What tells people more than the id does; of those that were selected only. */
  detailOf?(item: Named<Row>): string;
  /**
   * Does it to one; `now` takes what is known of it meanwhile, for its row.
   * Resolves to the word for what came of it, when that is another one than `done`.
   * @throws what went wrong; the rest is done all the same
   */
  act(item: Named<Row>, now: (item: Named<Row>) => void): Promise<string | undefined>;
}

export interface BulkChoice<Row> extends BulkValues {
  /** Those that the options select. */
  find(): Promise<readonly Named<Row>[]>;
}

/** The columns of every such table, with those of the kind between them. */
export const bulkColumns = <Row>(own: readonly Column<Outcome<Row>>[] = []): readonly Column<Outcome<Row>>[] => [
  { key: "id" },
  ...own,
  { key: "result", whole: true, priority: 2 },
  { key: "error", shown: ({ error }) => withoutTraceback(error ?? "") },
];

/** Of a failed workflow its last line: a table of hundreds is no place for the way there. */
const withoutTraceback = (error: string): string =>
  /^(Traceback|\s*File ")/m.test(error) ? (error.trim().split("\n").at(-1) ?? "") : error;

/** The columns of a command that shows one thing in its own way, and many in a table of this kind. */
export const eitherColumns = (
  one: readonly Column<never>[],
  many: readonly Column<never>[],
): readonly Column<never>[] => [...one, ...many.filter(({ key }) => !one.some((column) => column.key === key))];

/**
 * Does one thing to many: asks first where they were selected, shows a row for each, goes on past failures, and begins
 * no more after Ctrl-C. The exit code is that of all of them together.
 * @throws CfyError they were selected, and there is neither `--yes` nor a terminal to ask; or it could not be done to all
 */
export async function runBulk<Row>(
  ctx: Context,
  bulk: Bulk<Row>,
  targets: Targets,
  choice: BulkChoice<Row>,
): Promise<ExitCode> {
  if (choice.concurrency < 1) throw usageError("--concurrency is at least 1");
  const named = (id: string) => ({ id }) as Named<Row>;
  const items = targets.kind === "selected" ? await choice.find() : targets.ids.map(named);
  const shown = { title: `${sentence(bulk.noun[1])}:`, columns: bulk.columns };
  if (items.length === 0) ctx.notice(`There are no such ${bulk.noun[1]}.`);
  if (choice.dryRun) {
    const rows = items.map((item) => outcome(item, `would be ${bulk.done}`));
    await ctx.output.rows(rows, shown);
    ctx.notice(`Nothing was done: ${counted(items.length, bulk)} would be ${bulk.done}.`);
    return ExitCode.Ok;
  }
  const needsAnswer = targets.kind === "selected" && items.length > 0 && !choice.yes;
  if (needsAnswer && !(await isConfirmed(ctx, bulk, items))) {
    ctx.notice("Nothing was done.");
    return ExitCode.Failed;
  }
  const codes: ExitCode[] = [];
  await ctx.output.rows(outcomes(ctx, bulk, items, choice.concurrency, codes), shown);
  return concluded(ctx, bulk, codes);
}

/** So many are shown before it is asked. */
const SAMPLE = 5;

/** Shows how many they are and some of them, and asks. */
async function isConfirmed<Row>(ctx: Context, bulk: Bulk<Row>, items: readonly Named<Row>[]): Promise<boolean> {
  const { stderr } = ctx.io;
  if (ctx.prompt.possible) {
    for (const item of items.slice(0, SAMPLE)) {
      const detail = bulk.detailOf?.(item);
      stderr.write(`  ${item.id}${detail ? `  (${detail})` : ""}\n`);
    }
    if (items.length > SAMPLE) stderr.write(`  … and ${items.length - SAMPLE} more\n`);
  }
  return await ctx.prompt.confirm(
    `${sentence(bulk.verb)} ${counted(items.length, bulk)}?`,
    `--yes does it without asking; ${bulk.shownBy ?? "--dry-run"} shows which they are.`,
  );
}

/** In the order of the selection, whichever is done first: the same command shows the same table. */
async function* outcomes<Row>(
  ctx: Context,
  bulk: Bulk<Row>,
  items: readonly Named<Row>[],
  concurrency: number,
  codes: ExitCode[],
): AsyncGenerator<Outcome<Row>, void> {
  const { default: pLimit } = await import("p-limit");
  const limit = pLimit(concurrency);
  const line = new StatusLine(ctx);
  let ended = 0;
  const results = items.map((item) =>
    limit(async () => {
      const result = await outcomeOf(ctx, bulk, item);
      line.show(`${++ended} of ${counted(items.length, bulk)} …`);
      return result;
    }),
  );
  try {
    for (const result of results) {
      const { code, row } = await result;
      line.clear();
      codes.push(code);
      yield row;
    }
  } finally {
    line.clear();
  }
}

async function outcomeOf<Row>(
  ctx: Context,
  bulk: Bulk<Row>,
  item: Named<Row>,
): Promise<{ row: Outcome<Row>; code: ExitCode }> {
  if (ctx.signal.aborted) return { row: outcome(item, "not done"), code: explain(undefined, ctx.signal).exit };
  let known = item;
  try {
    const result = await bulk.act(item, (now) => {
      known = now;
    });
    return { row: outcome(known, result ?? bulk.done), code: ExitCode.Ok };
  } catch (error) {
    const { message, exit } = explain(error, ctx.signal);
    return { row: outcome(known, resultOf(exit), message), code: exit };
  }
}

const GOING_ON: readonly ExitCode[] = [ExitCode.TimedOut, ExitCode.Interrupted, ExitCode.Terminated];

/** What is only not waited for any more has not failed. */
function resultOf(exit: ExitCode): string {
  if (GOING_ON.includes(exit)) return "goes on";
  return exit === ExitCode.ExecutionCancelled ? "cancelled" : "failed";
}

const outcome = <Row>(item: Named<Row>, result: string, error: string | null = null): Outcome<Row> => ({
  ...item,
  result,
  error,
});

type Words = Pick<Bulk<never>, "noun" | "done">;

/** @throws CfyError it could not be done to all; the rows say to which */
function concluded(ctx: Context, bulk: Words, codes: readonly ExitCode[]): ExitCode {
  const exit = combinedExit(codes);
  const well = codes.filter((code) => code === ExitCode.Ok).length;
  if (exit !== ExitCode.Ok) {
    const message = `${codes.length - well} of ${counted(codes.length, bulk)} not ${bulk.done}`;
    throw new CfyError("not_all_done", message, { exit });
  }
  if (well > 0) ctx.notice(`${counted(well, bulk)} ${bulk.done}`);
  return exit;
}

const counted = (count: number, { noun: [one, many] }: Words): string => `${count} ${count === 1 ? one : many}`;

const sentence = (text: string): string => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
