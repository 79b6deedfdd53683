import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { endRecorded, OperationRecord } from "../../../../src/worker/operations/operation-record.ts";
import { succeeded } from "../../../../src/worker/operations/outcome.ts";
import { recordGroup } from "../../../../src/worker/processes/recorded-group.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const sleeper = async () => {
  const child = spawn("/bin/sleep", ["60"], { detached: true, stdio: "ignore" });
  await once(child, "spawn");
  return { id: child.pid ?? 0, ended: once(child, "exit") };
};

it("an operation that ended is answered by its record, one that did not is not", async () => {
  const directory = temporaryDirectory();
  new OperationRecord(directory, "done").ended(succeeded("42"));
  expect(await new OperationRecord(directory, "done").settle()).toEqual({ succeeded: true, result: "42" });
  expect(await new OperationRecord(directory, "other").settle()).toBeNull();
});

it("what an earlier worker left running ends when its operation is taken over", async () => {
  const directory = temporaryDirectory();
  const { id, ended } = await sleeper();
  recordGroup(new OperationRecord(directory, "t").path, id);
  expect(await new OperationRecord(directory, "t").settle()).toBeNull();
  expect(await ended).toEqual([null, "SIGTERM"]);
});

it("a process that only has the number of an earlier one is left alone", async () => {
  const directory = temporaryDirectory();
  const { id, ended } = await sleeper();
  const record = new OperationRecord(directory, "t");
  appendFileSync(record.path, `${JSON.stringify({ group: { id, started: "1" } })}\n`);
  await record.settle();
  expect(process.kill(id, 0)).toBe(true);
  process.kill(id, "SIGKILL");
  await ended;
});

it("a line in the middle of which the worker died counts as not written", async () => {
  const directory = temporaryDirectory();
  const { id, ended } = await sleeper();
  const record = new OperationRecord(join(directory, "e"), "t");
  recordGroup(record.path, id);
  appendFileSync(record.path, '\n{"outcome":{"succ');
  recordGroup(record.path, id);
  await endRecorded(join(directory, "e"), () => false);
  expect(await ended).toEqual([null, "SIGTERM"]);
});
