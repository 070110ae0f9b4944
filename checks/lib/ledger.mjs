import { until } from './until.mjs';

/** What a receiver got, counted by a key of each delivery's event. */
export function countBy(deliveries, keyOf) {
  const counts = new Map();
  for (const { event } of deliveries) {
    const key = keyOf(event);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Holds what arrived against what should have: `lost`, `strangers` (never sent, or not to this receiver), `duplicates`. */
export function compare(expected, counts) {
  const lost = [...expected].filter((key) => !counts.has(key));
  const strangers = [...counts.keys()].filter((key) => !expected.has(key));
  const duplicates = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  return { expected: expected.size, lost, strangers, duplicates };
}

export function inWords(name, { expected, lost, strangers, duplicates }) {
  return `${name}: expected ${expected}, lost ${lost.length}, strangers ${strangers.length}, duplicates ${duplicates}`;
}

/** Waits until none of the ledgers that `look` makes has a loss; a failure also tells how many pairs the bus gave up. */
export async function untilNothingIsLost(bus, look, seconds = 60) {
  const state = async () => ({ ledgers: look(), deadLettered: (await bus.get('/stats')).deadLettered });
  const done = ({ ledgers }) => ledgers.every(({ lost }) => lost.length === 0);
  return (await until('nothing is lost', state, { done, seconds, everyMillis: 250 })).ledgers;
}
