/** What a receiver got, counted by a key of each delivery's body. */
export function countBy(deliveries, keyOf) {
  const counts = new Map();
  for (const { body } of deliveries) {
    const key = keyOf(JSON.parse(body));
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
