import { expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { Activity } from "../../../../src/server/process/activity.ts";
import { untilIdle } from "../../../../src/server/process/idle.ts";
import type { Repositories } from "../../../../src/storage/index.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

const active = (count: number) =>
  ({
    executions: { countActive: async () => count, allQueued: async () => [] },
    executionSchedules: { nextOccurrence: async () => undefined },
  }) as unknown as Repositories;
const BUSY = active(1);

function idle(databaseIsThere: () => Promise<boolean>, signal: AbortSignal) {
  const activity = new Activity(systemClock);
  const programIsThere = async () => true;
  return untilIdle(0, { activity, read: BUSY, databaseIsThere, programIsThere, clock: systemClock, signal });
}

it("a server with an execution to run is never idle", async () => {
  const asked = new AbortController();
  const stays = idle(async () => {
    asked.abort();
    return true;
  }, asked.signal);
  expect(await stays).toBe(false);
});

it("a server whose home was removed is idle whatever was left to do there", async () => {
  expect(await idle(async () => false, new AbortController().signal)).toBe(true);
});

it("a server whose program was replaced makes room for the new one as soon as nothing runs", async () => {
  const clock = new VirtualClock();
  const began = clock.now();
  const parts = { activity: new Activity(clock), clock, signal: new AbortController().signal };
  const databaseIsThere = async () => true;
  let replaced = false;
  const programIsThere = async () => !replaced;
  const ends = untilIdle(3_600_000, { ...parts, read: active(0), databaseIsThere, programIsThere });
  replaced = true;
  expect(await ends).toBe(true);
  expect(clock.now() - began).toBeLessThanOrEqual(60_000);
});
