import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { type Database, LocalChanges, openDatabase } from "../../src/storage/index.ts";
import { openConnection } from "../../src/storage/sqlite.ts";
import { databasePath } from "../helpers/database.ts";

/** A process that writes to the database, and what was acknowledged to it. */
class Writer {
  readonly acknowledged: string[] = [];
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;
  #awaited: { count: number; reached: () => void } | undefined;

  constructor(path: string, name: string, count: number) {
    const words = ["scripts/run-ts.mjs", "test/helpers/storage-writer.ts", path, name, String(count)];
    this.#process = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = once(this.#process, "close");
    const { stdout } = this.#process;
    if (!stdout) throw new Error("the writer has no output");
    createInterface({ input: stdout }).on("line", (id) => {
      this.acknowledged.push(id);
      if (this.#awaited && this.acknowledged.length >= this.#awaited.count) this.#awaited.reached();
    });
  }

  reaches(count: number): Promise<void> {
    return new Promise((reached, lost) => {
      this.#awaited = { count, reached };
      void this.ended.then(() => lost(new Error(`The writer ended before it had written ${count} rows`)));
    });
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  get exitCode(): number | null {
    return this.#process.exitCode;
  }
}

async function stored(database: Database): Promise<{ executions: string[]; events: string[] }> {
  const everything = { tenants: "all", privateOf: "everyone" } as const;
  const { items } = await database.read.executions.list({ scope: everything });
  const events = await database.read.events.list({ tenant: "shared" });
  return { executions: items.map(({ id }) => id), events: events.items.map(({ message }) => message ?? "") };
}

it("two processes that write at once both get all their rows in, from an empty directory on", async () => {
  const path = databasePath();
  const writers = [new Writer(path, "a", 300), new Writer(path, "b", 300)];
  await Promise.all(writers.map(({ ended }) => ended));
  expect(writers.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const database = openDatabase(path, new LocalChanges());
  const { executions, events } = await stored(database);
  expect(executions.toSorted()).toEqual(writers.flatMap(({ acknowledged }) => acknowledged).toSorted());
  expect(events.toSorted()).toEqual(executions.toSorted());
  await database.close();
});

it("what was acknowledged stays when the writers are killed, and nothing is half there", async () => {
  const path = databasePath();
  const acknowledged: string[] = [];
  for (let round = 1; round <= 5; round++) {
    const writers = ["a", "b"].map((name) => new Writer(path, `${name}${round}`, 1_000_000));
    await Promise.all(writers.map((writer) => writer.reaches(round * 20)));
    for (const writer of writers) writer.kill();
    await Promise.all(writers.map(({ ended }) => ended));
    acknowledged.push(...writers.flatMap((writer) => writer.acknowledged));

    const database = openDatabase(path, new LocalChanges());
    const { executions, events } = await stored(database);
    expect(new Set(executions)).toEqual(new Set(events));
    const missing = acknowledged.filter((id) => !executions.includes(id));
    expect(missing).toEqual([]);
    await database.close();
  }
  const connection = openConnection(path);
  expect(connection.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
  connection.close();
});
