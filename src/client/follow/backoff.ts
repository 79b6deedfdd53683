export interface Backoff {
  firstMs: number;
  factor: number;
  longestMs: number;
}

/** Pause before the retry after so many failures in a row (1 = the first), jittered between a half and the whole. */
export const pauseAfter = (failures: number, { firstMs, factor, longestMs }: Backoff, random: () => number): number =>
  Math.round(Math.min(firstMs * factor ** (failures - 1), longestMs) * (0.5 + random() / 2));
