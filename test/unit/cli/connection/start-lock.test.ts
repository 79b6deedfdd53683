import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { takeStartLock } from "../../../../src/cli/connection/start-lock.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const aLock = () => join(temporaryDirectory(), "start.lock");

it("one at a time may start the server, the next when it is done", async () => {
  const path = aLock();
  const lock = await takeStartLock(path);
  expect(await takeStartLock(path)).toBeUndefined();
  await lock?.release();
  expect(await takeStartLock(path)).toBeDefined();
});

it.each([
  ["is that of no process", "0", new Date()],
  ["is another process's by now, as the lock was left long ago", String(process.pid), new Date(0)],
])("a lock whose number %s keeps nobody from starting", async (_, pid, written) => {
  const path = aLock();
  writeFileSync(path, pid);
  utimesSync(path, written, written);
  expect(await takeStartLock(path)).toBeDefined();
});
