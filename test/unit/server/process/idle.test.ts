import { expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { Activity } from "../../../../src/server/process/activity.ts";
import { untilIdle } from "../../../../src/server/process/idle.ts";
import type { Repositories } from "../../../../src/storage/index.ts";

const executions = { countActive: async () => 1, allQueued: async () => [] };
const BUSY = { executions } as unknown as Repositories;

function idle(databaseIsThere: () => Promise<boolean>, signal: AbortSignal) {
  const activity = new Activity(systemClock);
  return untilIdle(0, { activity, read: BUSY, databaseIsThere, clock: systemClock, signal });
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
