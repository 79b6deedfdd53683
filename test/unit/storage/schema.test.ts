import { expect, it } from "vitest";
import { LocalChanges, openDatabase, tables } from "../../../src/storage/index.ts";
import { openConnection } from "../../../src/storage/sqlite.ts";
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

it("a database of a newer release is refused by name and left alone", () => {
  const path = databasePath();
  const connection = openConnection(path);
  connection.exec("pragma user_version = 99");
  expect(() => openDatabase(path, new LocalChanges())).toThrow(/schema 99/);
  connection.close();
});
