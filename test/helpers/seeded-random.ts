/** Numbers in [0, 1) that are the same again for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: `CFY_CHAOS_SEED`, or a new one, which is printed so that a failure can be had again. */
export function chaosSeed(): number {
  const seed = Number(process.env["CFY_CHAOS_SEED"]) || Math.floor(Math.random() * 2 ** 32);
  process.stdout.write(`CFY_CHAOS_SEED=${seed}\n`);
  return seed;
}
