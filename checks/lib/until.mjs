import { inspect } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks again and again until `done(state)` holds and returns that state.
 * When the deadline passes first, the error shows the last state seen.
 */
export async function until(what, look, { done = Boolean, seconds = 30, everyMillis = 25 } = {}) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const state = await look();
    if (done(state)) return state;
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${seconds} s, last seen: ${inspect(state, { depth: 4, breakLength: 120 })}`);
    }
    await pause(everyMillis);
  }
}

/** Waits for a promise, or fails with the sentence `what` when the deadline passes first. */
export async function within(seconds, promise, what) {
  const timer = new AbortController();
  const late = pause(seconds * 1000, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${typeof what === 'function' ? what() : what}: not within ${seconds} s`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
