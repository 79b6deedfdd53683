import { command, duration, flag } from "../command.ts";
import type { Context } from "../context.ts";
import { nameOf, type Result, type Status } from "../doctor/check.ts";
import { planChecks } from "../doctor/plan.ts";
import { runChecks } from "../doctor/run-checks.ts";
import { CfyError } from "../errors.ts";
import { ExitCode } from "../exit-code.ts";
import { wrap } from "../help/wrap.ts";
import type { Style } from "../io.ts";
import { tenantOption } from "../options/common.ts";
import type { Column } from "../output/column.ts";

const COLUMNS: readonly Column<Result>[] = [
  { key: "id" },
  { key: "target" },
  { key: "status" },
  { key: "detail" },
  { key: "fix" },
];

/** `cfy doctor`: looks at everything between the keyboard and the server, and changes nothing. */
export const doctor = command({
  name: "doctor",
  summary: "Find out why commands do not work, and what to do about it",
  description:
    "Looks at the profile and where each value came from, the way to the server (proxy, DNS, TCP, TLS), credentials, " +
    "tenant, versions, clocks, python3, the server of this machine and the permissions of files. Nothing is changed, " +
    "and no secret is shown. Exit code 0 when nothing failed, be there warnings; 1 when a check failed.",
  addition: true,
  options: {
    tenant: tenantOption,
    start: flag({ flags: ["--start"], help: "Start the server of this machine when it does not run" }),
    timeout: duration({
      flags: ["--timeout"],
      default: 10,
      metavar: "DURATION",
      help: "How long each check may take",
    }),
  },
  columns: COLUMNS,
  examples: [
    ["cfy doctor", "check the profile in use"],
    ["CFY_PROFILE=prod cfy doctor -t team", "check another one, and a tenant of it"],
    ["cfy doctor --json | jq '.[] | select(.status == \"fail\")'", "only what failed, for a script"],
  ],
  async run(ctx, { tenant, start, timeout }) {
    const checks = await planChecks(ctx, { tenant, start });
    const seen: Result[] = [];
    const limits = { clock: ctx.clock, signal: ctx.signal, patience: timeout * 1000 };
    const results = keeping(runChecks(checks, limits), seen);
    if (ctx.output.format === "table") {
      const indent = Math.max(...checks.map((check) => nameOf(check).length)) + 8;
      for await (const result of results) ctx.output.line(resultText(ctx, result, indent));
    } else {
      await ctx.output.rows(results, { title: "Checks:", columns: COLUMNS });
    }
    const failed = seen.filter(({ status }) => status === "fail");
    if (failed.length === 0) return ExitCode.Ok;
    const names = failed.map(nameOf).join(", ");
    throw new CfyError("checks_failed", `${failed.length} of ${seen.length} checks failed: ${names}`);
  },
});

async function* keeping(results: AsyncIterable<Result>, seen: Result[]): AsyncGenerator<Result> {
  for await (const result of results) {
    seen.push(result);
    yield result;
  }
}

const STYLES: Record<Status, Style> = { ok: "green", warn: "yellow", fail: "red", skip: "dim" };

/** Details start below the name of their check where there is not this much room beside it. */
const LEAST_ROOM = 40;
const MARK = 6;

/** `ok    tcp 10.0.0.1:443  connected in 3 ms`, and what to do beneath it. */
function resultText({ io: { stdout } }: Context, result: Result, indent: number): string {
  const mark = stdout.paint(STYLES[result.status], result.status.padEnd(MARK - 2));
  const width = stdout.width ?? Number.POSITIVE_INFINITY;
  const beside = width - indent >= LEAST_ROOM;
  const margin = beside ? indent : MARK;
  const room = width - margin;
  const fix = result.fix === null ? [] : wrap(result.fix, room - 2).map((line) => `  ${line}`);
  const [first = "", ...more] = [...(beside ? [] : [""]), ...wrap(result.detail, room), ...fix];
  const head = `${mark}  ${nameOf(result).padEnd(indent - MARK)}${first}`.trimEnd();
  return [head, ...more.map((line) => " ".repeat(margin) + line)].join("\n");
}
