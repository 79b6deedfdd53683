import { describe, expect, it } from "vitest";
import { type Database, WrongType } from "../../../src/storage/index.ts";
import { aDatabase, addExecution } from "../../helpers/database.ts";

const change = (database: Database, values: object) =>
  database.unitOfWork((tx) => tx.executions.update("E1", values)).then(() => database.read.executions.get("E1"));

describe("a value that its column cannot hold", () => {
  it.each([
    ["a boolean for a text", { error: true }],
    ["a number for a text", { error: 5 }],
    ["a list for a text", { error: ["x"] }],
    ["a text for a number", { total_operations: "many" }],
    ["infinity for a number", { total_operations: Number.POSITIVE_INFINITY }],
  ])("is refused, and nothing is stored: %s", async (_what, values) => {
    const database = await aDatabase();
    await addExecution(database, { id: "E1" });
    await expect(change(database, { ...values, status: "failed" })).rejects.toThrow(WrongType);
    expect(await database.read.executions.get("E1")).toMatchObject({ status: "pending" });
  });

  it.each([true, ["E1"], { id: "E1" }])("is refused where something is looked up by it: %j", async (id) => {
    const database = await aDatabase();
    await addExecution(database, { id: "E1" });
    await expect(database.read.executions.get(id as unknown as string)).rejects.toThrow(WrongType);
  });
});

it("a text is neither stored nor looked up by its beginning only when it holds a NUL", async () => {
  const database = await aDatabase();
  await addExecution(database, { id: "E1" });
  expect(await change(database, { error: "before\0after" })).toMatchObject({ error: "before<NUL>after" });
  expect(await database.read.executions.get("E1\0E2")).toBeUndefined();
});
