import { decide } from "./decide.ts";
import type { Entry } from "./graph-state.ts";
import type { Task } from "./task.ts";
import { nodeEvent } from "./task-events.ts";
import { changeState, complete, release, succeed, type Turn, tell } from "./turn.ts";

/** Starts a ready task. What takes no time is done at once, what a worker must do becomes a `run` command. */
export function startTask(turn: Turn, entry: Entry): void {
  const { live, now } = turn;
  const { task } = entry;
  // A restored task that has ended is set free too, once its handler has allowed what it waited for.
  if (entry.over || entry.dropped || entry.consulted) return;
  if (task.executeAfter !== null && task.executeAfter > now) {
    live.retries.add(task.executeAfter, task.id);
    return;
  }
  switch (task.work.type) {
    case "SubgraphTask":
      startSubgraph(turn, entry);
      break;
    case "RemoteWorkflowTask":
      startOperation(turn, entry);
      break;
    case "LocalWorkflowTask":
    case "GetNodeInstanceStateTask":
    case "UpdateExecutionStatusTask":
      if (!entry.resumed) changeState(turn, entry, "started");
      run(turn, entry);
      break;
    case "NOPLocalWorkflowTask":
      // Its row, if it has one, stays pending: nothing has been done.
      complete(turn, entry);
      break;
    case "DryRunLocalWorkflowTask":
      decide(turn, entry, { succeeded: true, result: null });
      break;
    default:
      perform(turn, task);
      changeState(turn, entry, "succeeded", { succeeded: true, result: null });
      complete(turn, entry);
  }
}

/** What a task does that needs no answer. */
function perform({ commands }: Turn, { work, record }: Task): void {
  switch (work.type) {
    case "SetNodeInstanceStateTask":
      commands.push({ kind: "set-node-instance-state", nodeInstanceId: work.nodeInstanceId, state: work.state });
      if (record) {
        const { check, reset } = record;
        const entry = { ok: true, result: null, task: null };
        commands.push({
          kind: "record-check",
          nodeInstanceId: work.nodeInstanceId,
          check,
          relatedId: null,
          entry,
          reset,
        });
      }
      break;
    case "SendNodeEventTask":
      commands.push({ kind: "event", event: nodeEvent(work.nodeInstanceId, work.event) });
      break;
    case "SendWorkflowEventTask": {
      const { eventType, event: message, context } = work;
      const event = { eventType, message, nodeInstanceId: null, operation: null, errorCauses: null, context };
      commands.push({ kind: "event", event });
      break;
    }
  }
}

/** One that holds nothing has succeeded before it could be started. */
function startSubgraph(turn: Turn, entry: Entry): void {
  if (entry.openChildren === 0) {
    succeed(turn, entry);
    return;
  }
  changeState(turn, entry, "started");
  for (const id of entry.children) release(turn.live, id);
}

/** Its row says `sent` before the worker hears of it: from then on the operation may have had an effect. */
function startOperation(turn: Turn, entry: Entry): void {
  const { live } = turn;
  if (live.running.size >= live.options.concurrency) {
    live.throttled.push(entry.task.id);
    return;
  }
  if (!entry.resumed) {
    tell(turn, entry, "sending");
    changeState(turn, entry, "sent");
  }
  run(turn, entry);
}

function run({ live, commands }: Turn, { task, resumed }: Entry): void {
  live.running.add(task.id);
  commands.push({ kind: "run", task, resume: resumed });
}
