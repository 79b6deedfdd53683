import { type Entry, entryOf, newEntry } from "./graph-state.ts";
import type { TaskOutcome, Verdict } from "./happening.ts";
import { INFINITE_RETRIES, instanceOf, isForgiving, ownerOf, type Task } from "./task.ts";
import { nodeEvent } from "./task-events.ts";
import { changeState, complete, consult, fail, forgive, type Turn } from "./turn.ts";

/** An attempt has ended: tells and stores how, then does what the task's rules say. */
export function decide(turn: Turn, entry: Entry, outcome: TaskOutcome): void {
  const { task } = entry;
  const rescheduled = !outcome.succeeded && outcome.failure?.kind === "reschedule";
  changeState(turn, entry, outcome.succeeded ? "succeeded" : rescheduled ? "rescheduled" : "failed", outcome);
  if (!rescheduled && task.work.type !== "DryRunLocalWorkflowTask") record(turn, task, outcome);
  if (entry.dropped) return;
  const rule = outcome.succeeded ? task.onSuccess : task.onFailure;
  // Asking to be called again is the operation's own word: no handler overrules it.
  if (rule === "consult" && !rescheduled) {
    consult(turn, entry, outcome);
    return;
  }
  retryOrFail(
    turn,
    entry,
    outcome,
    outcome.succeeded ? afterSuccess(turn, task, outcome.result) : afterFailure(task, outcome),
  );
}

function afterSuccess(turn: Turn, task: Task, result: unknown): Verdict {
  if (task.onSuccess === "until-true" && result !== true && !turn.live.options.dryRun) {
    return { action: "retry", ignoreTotalRetries: true };
  }
  return { action: "continue" };
}

function afterFailure(task: Task, outcome: TaskOutcome & { succeeded: false }): Verdict {
  const { failure } = outcome;
  if (failure?.kind === "reschedule") return { action: "retry", retryAfter: failure.retryAfter };
  if (isForgiving(task.onFailure)) return { action: "ignore" };
  if (task.onFailure === "fail" || failure?.kind === "non-recoverable") return { action: "fail" };
  return { action: "retry", retryAfter: failure?.retryAfter ?? null };
}

/** Carries out a verdict. */
export function retryOrFail(turn: Turn, entry: Entry, outcome: TaskOutcome, verdict: Verdict): void {
  const { task } = entry;
  if (entry.dropped) return;
  switch (verdict.action) {
    case "continue":
      complete(turn, entry, outcome);
      break;
    case "ignore":
      ignore(turn, task);
      forgive(turn, entry, outcome);
      break;
    case "fail":
      fail(turn, entry, outcome);
      break;
    case "retry":
      if (mayRetry(task, verdict)) retry(turn, entry, verdict.retryAfter ?? null);
      else fail(turn, entry, outcome);
  }
}

/** What a subgraph holds has been used up: it is made anew by its graph's options, or not at all. */
const mayRetry = ({ work, totalRetries, currentRetries }: Task, { ignoreTotalRetries = false }: Verdict): boolean =>
  work.type !== "SubgraphTask" &&
  (ignoreTotalRetries || totalRetries === INFINITE_RETRIES || currentRetries < totalRetries);

function ignore({ commands }: Turn, { work, name, onFailure }: Task): void {
  const instance = ownerOf(work);
  if (onFailure === "clean-up") {
    commands.push({ kind: "log", level: "info", message: "Ignoring task failure in cleanup" });
  } else if (onFailure === "ignore" && instance) {
    commands.push({ kind: "event", event: nodeEvent(instance, `Ignoring task ${name} failure`) });
  }
}

/** A new attempt takes the place of the one that ended: its subgraph and all that wait for it. */
function retry(turn: Turn, entry: Entry, retryAfter: number | null): void {
  const { live, now, commands } = turn;
  const task: Task = {
    ...entry.task,
    id: live.options.newId(),
    state: "pending",
    dependencies: [],
    currentRetries: entry.task.currentRetries + 1,
    retriedTask: entry.task.id,
    executeAfter: now + (retryAfter ?? entry.task.retryInterval) * 1000,
    failure: null,
  };
  live.entries.set(task.id, { ...newEntry(task), dependents: entry.dependents, origin: entry.origin });
  live.total += 1;
  entry.dependents = [];
  entry.over = true;
  if (task.subgraph) entryOf(live, task.subgraph).children.push(task.id);
  if (live.options.stored) commands.push({ kind: "insert", task });
  live.retries.add(task.executeAfter ?? now, task.id);
}

function record({ commands }: Turn, task: Task, outcome: TaskOutcome): void {
  const nodeInstanceId = instanceOf(task.work);
  if (!task.record || !nodeInstanceId || (task.record.reset && !outcome.succeeded)) return;
  const { check, reset } = task.record;
  const result = outcome.succeeded ? outcome.result : (outcome.failure?.message ?? null);
  commands.push({
    kind: "record-check",
    nodeInstanceId,
    check,
    relatedId: task.work.type === "RemoteWorkflowTask" ? (task.work.call.related?.nodeInstanceId ?? null) : null,
    entry: reset ? { ok: true, result: null, task: null } : { ok: outcome.succeeded, result, task: task.name },
    reset,
  });
}
