/** Numbers in [0, 1) that are the same for the same seed (mulberry32); AJBUS_SEED repeats a run. */
export function seededRandom(seed = Number(process.env.AJBUS_SEED ?? Date.now() % 1_000_000)) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, between: (low, high) => low + Math.floor(next() * (high - low)) };
}
