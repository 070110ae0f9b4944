import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../lib/bus.mjs';
import { mixedEvent } from '../lib/events.mjs';
import { connectProducer, publish } from '../lib/kafka.mjs';
import { compare, countBy, inWords, untilNothingIsLost } from '../lib/ledger.mjs';
import { seededRandom } from '../lib/random.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { long } from '../lib/sizes.mjs';
import { until } from '../lib/until.mjs';

const once = ['SIGTERM', 'SIGINT', 'SIGTERM'];
const signals = long ? [...once, 'SIGKILL', ...once, 'SIGKILL', ...once, 'SIGKILL'] : once;
const random = seededRandom();

test(`a stop at any point loses nothing that was acked, ${signals.length} rounds, seed ${random.seed}`, { timeout: 600_000 }, async (t) => {
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  const receiver = await Receiver.start();
  t.after(() => receiver.close());
  await bus.addTarget(receiver);
  const sent = { next: 0, acked: new Set() };

  for (const signal of signals) {
    const ackedBefore = sent.acked.size;
    const enough = ackedBefore + random.between(20, 1500);
    const publishing = publishUntilItFails(bus, sent);
    const progress = () => ({ acked: sent.acked.size, enough, failure: sent.failure });
    await until('enough events are acked', progress, { done: () => sent.acked.size >= enough, everyMillis: 1 });
    const began = performance.now();
    await (signal === 'SIGKILL' ? bus.kill() : bus.stop(signal));
    const stopMillis = performance.now() - began;
    await publishing;
    const arrived = receiver.deliveries.length;
    await bus.start();
    t.diagnostic(
      `${signal} after ${enough - ackedBefore} of ${sent.acked.size - ackedBefore} acked events, ${arrived} deliveries so far: ` +
        `ended in ${stopMillis.toFixed(0)} ms, ready again in ${bus.readyMillis} ms with ${bus.residentMiB} MiB resident`,
    );
  }

  const ledgers = () => [compare(sent.acked, countBy(receiver.deliveries, ({ payload }) => payload.n))];
  const [last] = await untilNothingIsLost(bus, ledgers);
  const neverSent = last.strangers.filter((n) => n >= sent.next);
  t.diagnostic(`${inWords('acked events', last)} (a stranger here was sent, its ack was cut off)`);
  assert.deepEqual(neverSent, []);
  assert.deepEqual(receiver.problems, []);

  const missing = async () => {
    const stored = new Set((await bus.events()).map(({ payload }) => payload.n));
    return [...sent.acked].filter((n) => !stored.has(n));
  };
  await until('every acked event is in the store', missing, { done: (numbers) => numbers.length === 0, everyMillis: 250 });
});

/** Publishes small batches one after the other until the bus goes away; `sent.acked` has what the broker confirmed. */
async function publishUntilItFails(bus, sent) {
  sent.failure = undefined;
  const producer = await connectProducer(bus.kafka, { retries: 0 });
  try {
    for (;;) {
      const batch = Array.from({ length: 20 }, () => mixedEvent(sent.next++));
      await publish(producer, batch);
      batch.forEach(({ n }) => sent.acked.add(n));
    }
  } catch (error) {
    sent.failure = error.message;
  } finally {
    await producer.disconnect().catch(() => {});
  }
}
