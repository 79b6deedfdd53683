import { ConnectionError } from "../../client/errors.ts";
import type { Clock } from "../../lib/clock.ts";
import { explainFailure } from "../connection/explain-failure.ts";
import { explain } from "../explain.ts";
import { type Check, type Finding, fail, nameOf, type Result, skip } from "./check.ts";

interface Limits {
  clock: Clock;
  signal: AbortSignal;
  /** Milliseconds that each check may take. */
  patience: number;
}

/** Runs checks side by side, each after those it needs, and tells the results in the given order. */
export async function* runChecks(checks: readonly Check[], limits: Limits): AsyncGenerator<Result> {
  const running = new Map<Check, Promise<Result>>();
  for (const check of checks) {
    const result = outcomeOf(check, running, limits);
    // Awaited below in its turn; until then a rejection is nobody's.
    result.catch(() => {});
    running.set(check, result);
  }
  for (const [check, result] of running) yield await softened(check, await result, running);
}

async function outcomeOf(check: Check, running: ReadonlyMap<Check, Promise<Result>>, limits: Limits): Promise<Result> {
  const reason = await obstacle(check, running);
  if (reason !== undefined) return resultOf(check, skip(reason));
  return resultOf(check, await withinLimit(check, limits));
}

/** Why a check cannot be made: something that it needs is not well. */
async function obstacle(check: Check, running: ReadonlyMap<Check, Promise<Result>>): Promise<string | undefined> {
  const lacking = await notWell(check.needs ?? [], running);
  if (lacking.length > 0) return reasonOf(lacking);
  const { needsOneOf = [] } = check;
  const lost = await notWell(needsOneOf, running);
  return lost.length > 0 && lost.length === needsOneOf.length ? reasonOf(lost) : undefined;
}

async function notWell(needed: readonly Check[], running: ReadonlyMap<Check, Promise<Result>>): Promise<Result[]> {
  const results = await Promise.all(needed.map((each) => running.get(each)));
  return results.filter((result): result is Result => result !== undefined && !isWell(result));
}

/** What failed itself; what was not tried for that reason passes the reason on. */
function reasonOf(lacking: readonly Result[]): string {
  const [first] = lacking;
  if (lacking.length === 1 && first?.status === "skip") return first.detail;
  return `not tried: ${lacking.map(nameOf).join(", ")} failed`;
}

const isWell = ({ status }: Result): boolean => status === "ok" || status === "warn";

async function withinLimit(check: Check, { clock, signal, patience }: Limits): Promise<Finding> {
  const limit = new AbortController();
  const over = AbortSignal.any([signal, limit.signal]);
  const late = clock
    .sleep(patience, over)
    .then(() => fail(`no result within ${patience / 1000} s`, "Give it more time: cfy doctor --timeout 30s"));
  try {
    return await Promise.race([check.run(over), late]);
  } catch (error) {
    signal.throwIfAborted();
    const { message, hint } = error instanceof ConnectionError ? explainFailure(error) : explain(error, signal);
    return fail(message, ...hint);
  } finally {
    // Ends the sleep, and what a check that was too slow still holds open.
    limit.abort();
    late.catch(() => {});
  }
}

const resultOf = ({ id, target }: Check, { status, detail, fix = [] }: Finding): Result => ({
  id,
  target: target ?? null,
  status,
  detail,
  fix: fix.length > 0 ? fix.join("\n") : null,
});

/** What fails on one host of a cluster is bearable while another host is well. */
async function softened(check: Check, result: Result, running: ReadonlyMap<Check, Promise<Result>>): Promise<Result> {
  if (result.status !== "fail") return result;
  const spares = await Promise.all((check.spares?.() ?? []).map((each) => running.get(each)));
  return spares.some((spare) => spare && isWell(spare)) ? { ...result, status: "warn" } : result;
}
