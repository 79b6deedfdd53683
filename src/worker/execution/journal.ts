import { setImmediate as nextTurn } from "node:timers/promises";
import type { NodeInstanceState, TaskState } from "../../api/statuses.ts";
import { type Clock, timestamp } from "../../lib/clock.ts";
import type { Database, NewEvent, NewOperation, NewTasksGraph, UnitOfWork } from "../../storage/index.ts";
import type { Command } from "../../workflow/index.ts";
import { recordCheck } from "./check-record.ts";

/** Something that executions leave behind. Hardly any can be refused, so many go into one transaction. */
export type JournalEntry =
  | { kind: "event"; event: NewEvent }
  | { kind: "graph"; row: NewTasksGraph }
  | { kind: "operations"; executionId: string; rows: NewOperation[] }
  | { kind: "operation-state"; executionId: string; id: string; state: TaskState; ended: boolean }
  | { kind: "operation"; id: string; change: Partial<NewOperation> }
  | { kind: "instance-state"; tenant: string; id: string; state: NodeInstanceState }
  /** Reads and writes in its turn; run again by itself when another entry cannot be stored. */
  | { kind: "work"; run: (tx: UnitOfWork) => Promise<void> }
  | { kind: "check"; tenant: string; check: Extract<Command, { kind: "record-check" }> };

interface Waiting {
  entries: JournalEntry[];
  written(): void;
  lost(error: unknown): void;
}

/** How many times as long as the commit before it the pause is. */
const PAUSE = 3;
/** How long a remark may wait for company, and what follows a commit for the next, in milliseconds: nobody notices it. */
const LONGEST_WAIT = 25;

/**
 * Writes what the executions of this worker leave behind, in order. A commit holds up the whole process until it is on
 * the disk, so after each there is a pause: as a rule a quarter of the time at most goes into commits, and what happens
 * meanwhile is gathered into the next.
 */
export class Journal {
  readonly #database: Database;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #remarked: Promise<void> | null = null;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Resolves when the entries are on the disk. */
  write(entries: JournalEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    return new Promise((written, lost) => {
      this.#waiting.push({ entries, written, lost });
      this.#writing ??= this.#drain();
    });
  }

  /** Writes what nobody waits for, with whatever is written next. If its execution is deleted by then, it has no reader. */
  remark(event: NewEvent): void {
    this.#waiting.push({ entries: [{ kind: "event", event }], written: () => {}, lost: () => {} });
    this.#remarked ??= this.#clock.sleep(LONGEST_WAIT).then(() => {
      this.#remarked = null;
      this.#writing ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    // What the same turn of the event loop brings goes along.
    await nextTurn();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const began = this.#clock.now();
      await this.#commit(batch.flatMap(({ entries }) => entries)).then(
        () => {
          for (const { written } of batch) written();
        },
        () => this.#oneByOne(batch),
      );
      const took = this.#clock.now() - began;
      await (took > 0 ? this.#clock.sleep(Math.min(PAUSE * took, LONGEST_WAIT)) : nextTurn());
    }
    this.#writing = null;
  }

  /** One entry that cannot be stored, for an execution that is deleted by now, must not take the others along. */
  async #oneByOne(batch: Waiting[]): Promise<void> {
    for (const { entries, written, lost } of batch) await this.#commit(entries).then(written, lost);
  }

  #commit(entries: JournalEntry[]): Promise<void> {
    const now = timestamp(this.#clock.now());
    return this.#database.unitOfWork((tx) => store(tx, entries, now));
  }
}

async function store(tx: UnitOfWork, entries: JournalEntry[], now: string): Promise<void> {
  const events: NewEvent[] = [];
  const operationStates = new Map<string, TaskState>();
  const instanceStates = new Map<string, { tenant: string; id: string; state: NodeInstanceState }>();
  const progress = new Map<string, { total: number; finished: number }>();
  const count = (executionId: string, total: number, finished: number) => {
    const sum = progress.get(executionId) ?? { total: 0, finished: 0 };
    progress.set(executionId, { total: sum.total + total, finished: sum.finished + finished });
  };
  for (const entry of entries) {
    switch (entry.kind) {
      case "event":
        events.push(entry.event);
        break;
      case "graph":
        await tx.tasksGraphs.insert(entry.row);
        break;
      case "operations":
        await tx.operations.insertMany(entry.rows);
        count(entry.executionId, entry.rows.filter(({ type }) => type !== "NOPLocalWorkflowTask").length, 0);
        break;
      case "operation-state":
        operationStates.set(entry.id, entry.state);
        if (entry.ended) count(entry.executionId, 0, 1);
        break;
      case "operation":
        await tx.operations.update(entry.id, entry.change);
        break;
      case "work":
        await entry.run(tx);
        break;
      case "check":
        await storeCheck(tx, entry, now);
        break;
      case "instance-state":
        instanceStates.set(`${entry.tenant}/${entry.id}`, entry);
        break;
    }
  }
  for (const [state, ids] of grouped(operationStates)) await tx.operations.setState(ids, state);
  for (const { tenant, ids, state } of byTenantAndState(instanceStates))
    await tx.nodeInstances.setState(tenant, ids, state);
  for (const [executionId, counts] of progress) await tx.executions.addOperations(executionId, counts);
  if (events.length > 0) await tx.events.append(events, now);
  for (const id of new Set([...events.map((event) => event.execution_id), ...progress.keys()]))
    if (id) tx.publish(`execution:${id}`);
}

async function storeCheck(tx: UnitOfWork, { tenant, check }: Extract<JournalEntry, { kind: "check" }>, now: string) {
  const row = await tx.nodeInstances.get(tenant, check.nodeInstanceId);
  if (row === undefined) return;
  await tx.nodeInstances.update(tenant, row.id, "any", recordCheck(row, check, now));
}

function grouped(states: Map<string, TaskState>): Map<TaskState, string[]> {
  const groups = new Map<TaskState, string[]>();
  for (const [id, state] of states) {
    const ids = groups.get(state);
    if (ids === undefined) groups.set(state, [id]);
    else ids.push(id);
  }
  return groups;
}

function byTenantAndState(states: Map<string, { tenant: string; id: string; state: NodeInstanceState }>) {
  const groups = new Map<string, { tenant: string; state: NodeInstanceState; ids: string[] }>();
  for (const { tenant, id, state } of states.values()) {
    const group = groups.get(`${tenant}/${state}`) ?? { tenant, state, ids: [] };
    group.ids.push(id);
    groups.set(`${tenant}/${state}`, group);
  }
  return groups.values();
}
