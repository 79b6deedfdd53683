import type { Clock } from "../../src/lib/clock.ts";

const STEP_MS = 100;

/**
 * Time that makes a step of a tenth of a second in every turn of the event loop, a millisecond each: for what waits on
 * a real connection, which virtual time would outrun. It stands still while the machine does, and while nobody sleeps.
 */
export const fastClock = (): Clock => {
  let now = Date.now();
  const sleepers = new Map<() => void, number>();
  let isTicking = false;
  const tick = () => {
    now += STEP_MS;
    const woken = [...sleepers].filter(([, at]) => at <= now).sort(([, one], [, other]) => one - other);
    for (const [wake] of woken) {
      sleepers.delete(wake);
      wake();
    }
    isTicking = sleepers.size > 0;
    if (isTicking) setTimeout(tick, 1);
  };
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const wake = () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        const stop = () => {
          sleepers.delete(wake);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", stop, { once: true });
        sleepers.set(wake, now + milliseconds);
        if (!isTicking) setTimeout(tick, 1);
        isTicking = true;
      }),
  };
};
