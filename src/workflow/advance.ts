import type { Command, GraphOutcome } from "./command.ts";
import { decide, retryOrFail } from "./decide.ts";
import type { GraphError } from "./failure.ts";
import { addTasks, entryOf, GraphState, type LiveGraph } from "./graph-state.ts";
import type { Happening, TaskOutcome, Verdict } from "./happening.ts";
import { startTask } from "./start-task.ts";
import { finish, type Turn } from "./turn.ts";

/** So many tasks start in one turn at most, so that a big graph cannot keep a cancel waiting. */
const STARTS_PER_TURN = 1000;

/**
 * The whole engine: what happened in, what to do out. No clock, no I/O, no promise.
 * The graph that goes in is used up; what comes back is its successor. After the graph is done nothing happens any more.
 * @throws Error a used-up graph, or a task that the graph does not have
 */
export function advance(graph: GraphState, happening: Happening): { graph: GraphState; commands: Command[] } {
  const live = graph.use();
  const turn: Turn = { live, now: happening.now, commands: [] };
  if (!live.outcome) {
    happen(turn, happening);
    proceed(turn);
  }
  live.turn += 1;
  return { graph: new GraphState(live), commands: turn.commands };
}

function happen(turn: Turn, happening: Happening): void {
  const { live } = turn;
  switch (happening.kind) {
    case "task-ended":
      taskEnded(turn, happening.taskId, happening.outcome);
      break;
    case "verdict":
      heard(turn, happening.taskId, happening.verdict);
      break;
    case "tasks-added":
      addTasks(live, happening.tasks);
      break;
    case "closed":
      live.closed = true;
      break;
    case "cancelled":
      finish(turn, { status: "cancelled" });
      break;
    case "started":
      askAgain(turn);
      break;
    case "time":
      // A timer may ring early: what is still to come is asked for anew.
      live.wake = null;
      break;
  }
}

/** What a restored graph still has to hear from its author's handlers. */
function askAgain({ live, commands }: Turn): void {
  if (live.consulting === 0) return;
  for (const { task, consulted, childError } of live.entries.values()) {
    if (consulted) commands.push({ kind: "consult", task, outcome: consulted, failedTask: childError?.taskId ?? null });
  }
}

/** An answer to a task that is not running came twice, or too late: it changes nothing. */
function taskEnded(turn: Turn, taskId: string, outcome: TaskOutcome): void {
  const { live } = turn;
  if (!live.running.delete(taskId)) return;
  const next = live.throttled.shift();
  if (next) live.ready.push(next);
  decide(turn, entryOf(live, taskId), outcome);
}

function heard(turn: Turn, taskId: string, verdict: Verdict): void {
  const entry = entryOf(turn.live, taskId);
  if (!entry.consulted) return;
  const outcome = entry.consulted;
  entry.consulted = null;
  turn.live.consulting -= 1;
  retryOrFail(turn, entry, outcome, verdict);
}

/** Starts what may start, ends the graph when nothing is left to wait for, else says when to look again. */
function proceed(turn: Turn): void {
  const { live, now } = turn;
  live.ready.push(...live.retries.take(now));
  let started = 0;
  // Starting a task may make others ready: the list grows while it is walked.
  while (started < live.ready.length && started < STARTS_PER_TURN && !live.outcome) {
    const id = live.ready[started++];
    if (id !== undefined) startTask(turn, entryOf(live, id));
  }
  live.ready = live.ready.slice(started);
  if (live.outcome) return;
  const isOverdue = live.deadline !== null && now >= live.deadline;
  if (isOverdue) finish(turn, { status: "failed", errors: live.errors });
  else if (isIdle(live)) finishIdle(turn);
  else askToWake(turn);
}

function isIdle(live: LiveGraph): boolean {
  return (
    live.closed &&
    live.ready.length === 0 &&
    live.throttled.length === 0 &&
    live.running.size === 0 &&
    live.retries.size === 0 &&
    live.consulting === 0
  );
}

function finishIdle(turn: Turn): void {
  const { live } = turn;
  if (live.errors.length > 0) finish(turn, { status: "failed", errors: live.errors });
  else if (live.remaining === 0) finish(turn, succeeded(live));
  else finish(turn, { status: "failed", errors: [circle(live)] });
}

const succeeded = ({ forgiven }: LiveGraph): GraphOutcome =>
  forgiven.length > 0 ? { status: "succeeded", forgiven } : { status: "succeeded" };

/** Only an author's own graph can be built so. */
function circle(live: LiveGraph): GraphError {
  const stuck = [...live.entries.values()].filter(({ task, dropped }) => task.state === "pending" && !dropped);
  const names = stuck.slice(0, 5).map(({ task }) => task.name);
  return {
    taskId: stuck[0]?.task.id ?? "",
    taskName: names[0] ?? "",
    nodeInstanceId: null,
    subject: names.join(", "),
    failure: {
      type: "RuntimeError",
      message: `${stuck.length} tasks wait for each other in a circle and can never start`,
      traceback: null,
      kind: "non-recoverable",
      retryAfter: null,
      causes: [],
    },
  };
}

function askToWake(turn: Turn): void {
  const { live, now, commands } = turn;
  const times = [live.ready.length > 0 ? now : null, live.retries.next, live.deadline].filter((at) => at !== null);
  const at = times.length > 0 ? Math.min(...times) : null;
  if (at !== null && (at !== live.wake || at <= now)) commands.push({ kind: "wake", at });
  live.wake = at;
}
