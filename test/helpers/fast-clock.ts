import { type Clock, systemClock } from "../../src/lib/clock.ts";

/** Time that runs a hundred times faster than the wall's: for what waits on a real connection, which virtual time would outrun. */
export const fastClock = (): Clock => {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * 100,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / 100, signal),
  };
};
