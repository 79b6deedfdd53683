import { readFileSync, writeFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, it, vi } from "vitest";
import { COPIED_TABLES, LocalChanges, openDatabase, tables } from "../../../src/storage/index.ts";
import { migrate } from "../../../src/storage/migrate.ts";
import { openConnection, queryBuilder } from "../../../src/storage/sqlite.ts";
import { databasePath } from "../../helpers/database.ts";

it.each(Object.values(tables))("$name has exactly the declared columns", async ({ name, columns }) => {
  const path = databasePath();
  await openDatabase(path, new LocalChanges()).close();
  const connection = openConnection(path);
  const found = connection.pragma(`table_info(${name})`) as {
    name: string;
    notnull: number;
    dflt_value: string | null;
  }[];
  connection.close();
  const declared = Object.entries(columns).filter(([, { use }]) => use !== "derived");
  expect(found.map((column) => column.name).sort()).toEqual(declared.map(([column]) => column).sort());
});

it("opening a database again keeps what is in it", async () => {
  const path = databasePath();
  const first = openDatabase(path, new LocalChanges());
  await first.unitOfWork((tx) => tx.tenants.insert({ name: "kept", created_at: "2026-01-01T00:00:00.000Z" }));
  await first.close();
  const second = openDatabase(path, new LocalChanges());
  expect(await second.read.tenants.names()).toEqual(["kept"]);
  await second.close();
});

it("a transaction that the database itself has rolled back fails with the reason for that", async () => {
  const writer = queryBuilder(openConnection(databasePath()));
  const full = new Error("database or disk is full");
  const writing = writer.transaction().execute(async (transaction) => {
    await sql`rollback`.execute(transaction);
    throw full;
  });
  await expect(writing).rejects.toBe(full);
  await writer.destroy();
});

it("a disk too full for the tables is the reason that is told", () => {
  const connection = openConnection(databasePath());
  const exec = connection.exec.bind(connection);
  // As SQLite does: it has rolled back by itself when it says so.
  vi.spyOn(connection, "exec").mockImplementation((statements) => {
    if (!statements.includes("create table")) return exec(statements);
    exec("rollback");
    throw new Error("database or disk is full");
  });
  expect(() => migrate(connection)).toThrow("database or disk is full");
  connection.close();
});

it("a file that is no database is named, with what to do, and left alone", () => {
  const path = databasePath();
  const content = "not a database, but longer than the head of one ".repeat(100);
  writeFileSync(path, content);
  expect(() => openDatabase(path, new LocalChanges())).toThrow(
    `${path} cannot be read (file is not a database): put back`,
  );
  expect(readFileSync(path, "utf8")).toBe(content);
});

it("a database of a newer release is refused by name and left alone", () => {
  const path = databasePath();
  const connection = openConnection(path);
  connection.exec("pragma user_version = 99");
  expect(() => openDatabase(path, new LocalChanges())).toThrow(/schema 99/);
  connection.close();
});

it("a copy of the database leaves out who runs what, and the copies themselves", () => {
  const left = Object.values(tables).map(({ name }) => name);
  for (const table of COPIED_TABLES) left.splice(left.indexOf(table), 1);
  expect(left.sort()).toEqual(["leases", "log_bundles", "plugin_leases", "snapshots", "workers"]);
});

it("a copied table stands after those that it refers to", () => {
  const connection = openConnection(databasePath());
  migrate(connection);
  const tooEarly = COPIED_TABLES.flatMap((table, index) => {
    const keys = connection.pragma(`foreign_key_list(${table})`) as { table: string }[];
    return keys.filter((key) => !(COPIED_TABLES.slice(0, index) as string[]).includes(key.table));
  });
  connection.close();
  expect(tooEarly).toEqual([]);
});

it("what is frozen stays as it is while others write", async () => {
  const database = openDatabase(databasePath(), new LocalChanges());
  const add = (name: string) =>
    database.unitOfWork((tx) => tx.tenants.insert({ name, created_at: "2026-01-01T00:00:00.000Z" }));
  await add("one");
  const seen = await database.frozen(async (frozen) => {
    const rows = frozen.rows("tenants")[Symbol.asyncIterator]();
    const first = await rows.next();
    await add("two");
    return [first, await rows.next()];
  });
  await database.close();
  expect(seen).toMatchObject([{ done: false, value: { name: "one" } }, { done: true }]);
});
