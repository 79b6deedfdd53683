import { expect, it } from "vitest";
import type { Database } from "../../../src/storage/index.ts";
import { aDatabase, addExecution } from "../../helpers/database.ts";

const T = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, "0")}.000Z`;

const claim = (database: Database, worker: string, at: number, limit = 10) =>
  database.unitOfWork(async (tx) => {
    const claims = await tx.leases.claim(worker, { limit, at: T(at), deadBefore: T(at - 10) });
    return claims.map(({ executionId, takenOver }) => (takenOver ? `${executionId}!` : executionId));
  });

const register = (database: Database, id: string, at: number) =>
  database.unitOfWork((tx) => tx.leases.register({ id, pid: 1 }, T(at)));

async function twoWorkers() {
  const database = await aDatabase();
  await register(database, "W1", 20);
  await register(database, "W2", 20);
  return database;
}

it("an execution goes to one worker, the oldest first", async () => {
  const database = await twoWorkers();
  for (const id of ["E1", "E2", "E3"]) await addExecution(database, { id });
  expect(await claim(database, "W1", 20, 2)).toEqual(["E1", "E2"]);
  expect(await claim(database, "W2", 20)).toEqual(["E3"]);
  expect(await claim(database, "W1", 20)).toEqual([]);
});

it.each(["queued", "scheduled", "terminated", "failed", "cancelled"] as const)(
  "one that is %s is nobody's",
  async (status) => {
    const database = await twoWorkers();
    await addExecution(database, { id: "E1", status });
    expect(await claim(database, "W1", 20)).toEqual([]);
  },
);

it("what a silent worker had is taken over by another, not what a beating one has", async () => {
  const database = await twoWorkers();
  await addExecution(database, { id: "E1" });
  await addExecution(database, { id: "E2" });
  await claim(database, "W1", 20, 1);
  await claim(database, "W2", 20, 1);
  await database.unitOfWork((tx) => tx.leases.heartbeat("W2", T(40)));
  await register(database, "W3", 40);
  expect(await claim(database, "W3", 40)).toEqual(["E1!"]);
  expect(await database.read.leases.holder("E1")).toBe("W3");
  expect(await database.read.leases.holder("E2")).toBe("W2");
});

it("a worker that was given up learns it from its next heartbeat", async () => {
  const database = await twoWorkers();
  await database.unitOfWork((tx) => tx.leases.heartbeat("W2", T(40)));
  await claim(database, "W2", 40);
  expect(await database.unitOfWork((tx) => tx.leases.heartbeat("W1", T(41)))).toBe(false);
  expect(await database.unitOfWork((tx) => tx.leases.heartbeat("W2", T(41)))).toBe(true);
});

it("what a worker gives back is free", async () => {
  const database = await twoWorkers();
  await addExecution(database, { id: "E1" });
  await claim(database, "W1", 20);
  await database.unitOfWork((tx) => tx.leases.release("E1", "W2"));
  expect(await database.read.leases.holder("E1")).toBe("W1");
  await database.unitOfWork((tx) => tx.leases.release("E1", "W1"));
  expect(await claim(database, "W2", 20)).toEqual(["E1"]);
});

it("a lease goes with its execution", async () => {
  const database = await twoWorkers();
  await addExecution(database, { id: "E1" });
  await claim(database, "W1", 20);
  await database.unitOfWork((tx) => tx.executions.remove(["E1"]));
  expect(await database.read.leases.holder("E1")).toBeUndefined();
});
