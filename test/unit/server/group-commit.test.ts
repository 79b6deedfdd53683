import { expect, it } from "vitest";
import { GroupCommit } from "../../../src/server/group-commit.ts";
import { notFound } from "../../../src/services/refusal.ts";
import type { Database, UnitOfWork } from "../../../src/storage/index.ts";
import { aDatabase } from "../../helpers/database.ts";

const insert = (name: string) => async (tx: UnitOfWork) => {
  await tx.tenants.insert({ name, created_at: tx.now() });
  return name;
};

/** A real database, and how many transactions it ran. */
async function counted() {
  const database = await aDatabase();
  const unitOfWork = database.unitOfWork;
  const transactions: string[] = [];
  const counting: Database = {
    ...database,
    unitOfWork: (work) => {
      transactions.push("begin");
      return unitOfWork(work);
    },
  };
  return { database, transactions, commits: new GroupCommit(counting) };
}

it("what comes while a transaction runs is stored in the next one", async () => {
  const { database, transactions, commits } = await counted();
  const names = ["a", "b", "c", "d"];
  expect(await Promise.all(names.map((name) => commits.run(insert(name))))).toEqual(names);
  expect(await database.read.tenants.names()).toEqual([...names, "default_tenant"]);
  expect(transactions).toHaveLength(2);
});

it("one that is refused does not touch the others", async () => {
  const { database, commits } = await counted();
  const refused = () => Promise.reject(notFound("Execution", "E9"));
  const done = await Promise.allSettled([commits.run(insert("a")), commits.run(refused), commits.run(insert("b"))]);
  expect(done.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await database.read.tenants.names()).toEqual(["a", "b", "default_tenant"]);
});

it("one that breaks the transaction fails alone", async () => {
  const { database, commits } = await counted();
  const done = await Promise.allSettled(["a", "b", "b", "c"].map((name) => commits.run(insert(name))));
  expect(done.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(await database.read.tenants.names()).toEqual(["a", "b", "c", "default_tenant"]);
});
