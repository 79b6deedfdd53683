import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/lib/clock.ts";

const DAY = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([1, 30, 365])("a sleep of %i days lasts as long", async (days) => {
  const begun = Date.now();
  const slept = systemClock.sleep(days * DAY).then(() => Date.now() - begun);
  await vi.runAllTimersAsync();
  expect(await slept).toBe(days * DAY);
});

it("a sleep ends with the reason of its signal, however long it was to be", async () => {
  const stop = new AbortController();
  const sleeping = systemClock.sleep(40 * DAY, stop.signal);
  await vi.advanceTimersByTimeAsync(30 * DAY);
  stop.abort("woken");
  await expect(sleeping).rejects.toBe("woken");
  expect(vi.getTimerCount()).toBe(0);
});
