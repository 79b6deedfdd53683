import { expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import type { Database, NewEvent } from "../../../../src/storage/index.ts";
import { Journal } from "../../../../src/worker/execution/journal.ts";
import { aDatabase, addExecution, NOW } from "../../../helpers/database.ts";

const event = (message: string, execution_id = "e1"): NewEvent => ({
  type: "cloudify_log",
  tenant_name: "default_tenant",
  execution_id,
  timestamp: NOW,
  message,
});

/** A journal on a real database, and how many transactions it took. */
async function aJournal() {
  const database = await aDatabase();
  await addExecution(database, { id: "e1" });
  const counted = { transactions: 0 };
  const counting: Database = {
    ...database,
    unitOfWork: (work) => {
      counted.transactions += 1;
      return database.unitOfWork(work);
    },
  };
  const messages = async () =>
    (
      await database.read.events.list({
        tenant: "default_tenant",
        sort: [{ field: "reported_timestamp", descending: false }],
      })
    ).items.map((row) => row.message);
  return { journal: new Journal(counting, systemClock), counted, messages, database };
}

it("a remark is stored with the next entry that somebody waits for, and before it", async () => {
  const { journal, counted, messages } = await aJournal();
  journal.remark(event("first"));
  journal.remark(event("second"));
  await journal.write([{ kind: "event", event: event("third") }]);
  expect(await messages()).toEqual(["first", "second", "third"]);
  expect(counted.transactions).toBe(1);
});

it("a remark without company is stored soon", async () => {
  const { journal, messages, database } = await aJournal();
  const told = database.changes.wait(["execution:e1"], AbortSignal.timeout(10_000));
  journal.remark(event("alone"));
  await told;
  expect(await messages()).toEqual(["alone"]);
});

it("entries of many executions that come in one turn take one transaction", async () => {
  const { journal, counted, messages } = await aJournal();
  await Promise.all(["a", "b", "c"].map((text) => journal.write([{ kind: "event", event: event(text) }])));
  expect(await messages()).toEqual(["a", "b", "c"]);
  expect(counted.transactions).toBe(1);
});

it("an entry of an execution that is deleted by now does not take the others along", async () => {
  const { journal, messages } = await aJournal();
  const lost = journal.write([{ kind: "event", event: event("lost", "deleted") }]);
  const written = journal.write([{ kind: "event", event: event("written") }]);
  await expect(lost).rejects.toThrow(/foreign key/i);
  await written;
  expect(await messages()).toEqual(["written"]);
});

it("work that is refused does not take the entries beside it along, and its author hears why", async () => {
  const { journal, counted, messages } = await aJournal();
  const refused = journal.write([{ kind: "work", run: () => Promise.reject(new Error("no such instance")) }]);
  const written = journal.write([{ kind: "event", event: event("written") }]);
  await expect(refused).rejects.toThrow("no such instance");
  await written;
  expect(await messages()).toEqual(["written"]);
  expect(counted.transactions).toBe(3);
});
