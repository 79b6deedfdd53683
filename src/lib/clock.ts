/** Time as a thing that is passed in, so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Some 25 days. A timer that is set to more ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let timer: NodeJS.Timeout | undefined;
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const rest = (left: number) => {
        timer = setTimeout(
          () => {
            if (left > LONGEST_TIMER_MS) return rest(left - LONGEST_TIMER_MS);
            signal?.removeEventListener("abort", stop);
            resolve();
          },
          Math.min(left, LONGEST_TIMER_MS),
        );
      };
      signal?.addEventListener("abort", stop, { once: true });
      rest(milliseconds);
    }),
};

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`, the form of every time on the wire and in the database. */
export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();
