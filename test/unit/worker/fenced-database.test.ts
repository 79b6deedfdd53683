import { expect, it } from "vitest";
import { fenced } from "../../../src/worker/fenced-database.ts";
import { aDatabase } from "../../helpers/database.ts";

it("what a worker writes is stored until it is given up, and nothing afterwards", async () => {
  const database = await aDatabase();
  await database.unitOfWork((tx) => tx.leases.register({ id: "w1", pid: 1 }, tx.now()));
  const own = fenced(database, "w1");
  const write = (name: string) =>
    own.unitOfWork((tx) => tx.tenants.insert({ name, created_at: "2026-01-31T10:30:00.000Z" }));
  await write("before");
  await database.unitOfWork((tx) => tx.leases.unregister("w1"));
  await expect(write("after")).rejects.toThrow("given up");
  expect(await database.read.tenants.get("before")).toBeDefined();
  expect(await database.read.tenants.get("after")).toBeUndefined();
});
