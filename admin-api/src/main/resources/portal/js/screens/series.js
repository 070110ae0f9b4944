const units = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const length = (text) => Number.parseInt(text, 10) * units[text.at(-1)];

const nothing = {
  published: 0, delivered: 0, failed: 0, deadLettered: 0, sampledOut: 0, expired: 0, inFlight: 0,
  p50DeliveryTimeMs: 0, p95DeliveryTimeMs: 0, p99DeliveryTimeMs: 0,
};

/** The points of a series with those in which nothing was taken in, up to now. */
export function filled({ points }, window, step, now = Date.now()) {
  const stepMillis = length(step);
  const known = new Map(points.map((point) => [Date.parse(point.time), point]));
  const all = [];
  for (let at = Math.floor((now - length(window)) / stepMillis) * stepMillis; at <= now; at += stepMillis) {
    all.push(known.get(at) ?? { ...nothing, time: new Date(at).toISOString() });
  }
  return all;
}
