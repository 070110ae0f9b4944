import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../lib/bus.mjs';
import { connectProducer, publish } from '../lib/kafka.mjs';
import { compare, countBy, inWords, untilNothingIsLost } from '../lib/ledger.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { long } from '../lib/sizes.mjs';

const rounds = long ? 2000 : 200;

test(`an event published right after the 201 reaches the new target, ${rounds} times`, { timeout: 120_000 }, async (t) => {
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  const receiver = await Receiver.start();
  t.after(() => receiver.close());
  const producer = await connectProducer(bus.kafka);
  t.after(() => producer.disconnect());

  const sent = new Set();
  const targets = [];
  for (let round = 0; round < rounds; round++) {
    const type = `user.new-target.round-${round}`;
    targets.push(await bus.addTarget(receiver, { events: [type] }));
    const event = { id: type, type, actor: 'check', actorType: 'system', data: { round } };
    await publish(producer, [{ topic: 'audit.user', value: JSON.stringify(event) }]);
    sent.add(type);
  }

  const ledgers = () => [compare(sent, countBy(receiver.deliveries, ({ event_id: id }) => id))];
  const [last] = await untilNothingIsLost(bus, ledgers);
  t.diagnostic(inWords('new targets', last));
  assert.deepEqual(last.strangers, []);
  assert.deepEqual(receiver.problems, []);
  const { targets: listed } = await bus.get('/targets');
  assert.deepEqual(new Set(listed.map(({ id }) => id)), new Set(targets.map(({ id }) => id)));
  assert.ok(!JSON.stringify(listed).includes(receiver.secret), 'the list of targets shows a secret');

  await Promise.all(targets.map(({ id }) => bus.removeTarget(id)));
  assert.deepEqual((await bus.get('/targets')).targets, []);
});
