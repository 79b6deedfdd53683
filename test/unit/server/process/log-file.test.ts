import { appendFileSync, closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keepShort } from "../../../../src/server/process/log-file.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

const LONG = "x".repeat(11 * 1024 * 1024);

it("a log that has become long is put aside while others go on writing to it", async () => {
  const path = join(temporaryDirectory(), "server.log");
  writeFileSync(path, "");
  const writer = openSync(path, "a");
  const over = new AbortController();
  const clock = new VirtualClock();
  const keeping = keepShort([path], clock, over.signal);
  expect(statSync(path).size).toBe(0);
  appendFileSync(path, LONG);
  await clock.sleep(120_000);
  expect(statSync(`${path}.1`).size).toBe(LONG.length);
  writeSync(writer, "next\n");
  expect(readFileSync(path, "utf8")).toBe("next\n");
  over.abort();
  await keeping;
  closeSync(writer);
});

it("where a log cannot be put aside it is left as it is", async () => {
  const path = join(temporaryDirectory(), "server.log");
  const over = new AbortController();
  const keeping = keepShort([join(path, "no", "folder"), path], new VirtualClock(), over.signal);
  over.abort();
  await expect(keeping).resolves.toBeUndefined();
});
