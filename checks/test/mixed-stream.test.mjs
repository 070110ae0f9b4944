import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../lib/bus.mjs';
import { ingestTopics, mixedEvent } from '../lib/events.mjs';
import { connectProducer, publish } from '../lib/kafka.mjs';
import { compare, countBy, inWords, untilNothingIsLost } from '../lib/ledger.mjs';
import { malformedRecords, oversizedRecords } from '../lib/malformed.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { long } from '../lib/sizes.mjs';
import { until } from '../lib/until.mjs';

const total = long ? 100_000 : 10_000;
const patience = long ? 600 : 60;

/** What each target asks for, and beside it, in other words, which events it should get. */
const wishes = [
  { name: 'all events', events: [], wants: () => true },
  { name: 'audit.user', events: ['audit.user'], wants: ({ topic }) => topic === 'audit.user' },
  { name: 'status_*', events: ['status_*'], wants: ({ type }) => type.startsWith('status_') },
  {
    name: 'exact types',
    events: ['capacity_alert', 'user.action.task.created', 'audit.system.foo.bar'],
    wants: ({ type }) => ['capacity_alert', 'user.action.task.created', 'foo.bar'].includes(type),
  },
  { name: 'inactive', events: [], active: false, wants: () => false },
];

const exactly = (wanted) => ({ filter: wanted, has: ({ type }) => type === wanted });
const filters = [
  ...['user.action.task.created', 'capacity_alert', 'foo.bar', 'never_seen_before', 'no.such.type'].map(exactly),
  { filter: 'audit.user', has: ({ topic }) => topic === 'audit.user' },
  { filter: 'status_*', has: ({ type }) => type.startsWith('status_') },
  { filter: 'audit.*.violation', has: ({ type }) => type === 'security.violation' },
];

test(`${total} events of all kinds from a plain Kafka client`, { timeout: 3 * patience * 1000 + 120_000 }, async (t) => {
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  const targets = await Promise.all(wishes.map((wish) => addTarget(t, bus, wish)));
  const { valid, malformed } = mixedStream(total);
  for (const target of targets) target.expected = new Set(valid.filter(target.wants).map(({ n }) => n));

  const began = performance.now();
  const took = () => `${((performance.now() - began) / 1000).toFixed(1)} s after the first send`;
  const producer = await connectProducer(bus.kafka);
  t.after(() => producer.disconnect());
  await publish(producer, [...valid, ...malformed].sort((a, b) => a.n - b.n));
  t.diagnostic(`${valid.length} valid and ${malformed.length} malformed events on ${ingestTopics.length} topics acked, ${took()}`);

  await t.test('each target gets exactly its events', async (t) => {
    await allArrive(t, bus, targets);
    t.diagnostic(`delivered, ${took()}`);
  });
  await t.test('every valid event is in the store with its outcome', async (t) => {
    await allAreStored(bus, valid, targets);
    t.diagnostic(`in the store with all outcomes, ${took()}`);
  });
  for (const { filter, has } of filters) {
    await t.test(`the list of type ${filter} has these and no others`, async () => {
      const listed = await bus.events({ type: filter, limit: 7 });
      assert.deepEqual(storedNumbers(listed), sentNumbers(valid.filter(has)));
    });
  }
  await t.test('the stats add up, malformed events in quarantine', async (t) => {
    const stats = await statsAddUp(bus, { valid, malformed, targets });
    t.diagnostic(`stats, ${took()}: ${JSON.stringify(stats)}`);
  });
});

async function allArrive(t, bus, targets) {
  const ledgers = () => targets.map(({ expected, receiver }) => compare(expected, countBy(receiver.deliveries, payloadNumber)));
  const last = await untilNothingIsLost(bus, ledgers, patience);
  for (const [i, { name, receiver }] of targets.entries()) {
    t.diagnostic(inWords(name, last[i]));
    assert.deepEqual(last[i].strangers, [], `${name} got events it should not`);
    assert.deepEqual(receiver.problems, [], `${name} got deliveries it cannot trust`);
  }
}

async function allAreStored(bus, valid, targets) {
  const byNumber = new Map(valid.map((event) => [event.n, event]));
  const wanting = (event) => targets.filter(({ active, wants }) => active && wants(event)).length;
  let all = [];
  const look = async () => {
    all = await bus.events();
    const unsettled = all.filter((event) => !isSettled(event, wanting(byNumber.get(event.payload.n) ?? {})));
    return { stored: all.length, unsettled: unsettled.length, examples: unsettled.slice(0, 3) };
  };
  const done = ({ stored, unsettled }) => stored >= valid.length && unsettled === 0;
  await until('the store has all outcomes', look, { done, seconds: patience, everyMillis: 500 });

  assert.equal(new Set(all.map(({ event_id: id }) => id)).size, all.length, 'an event id is there twice');
  assert.deepEqual(storedNumbers(all), sentNumbers(valid));
  const times = all.map(({ created_at: at }) => at);
  assert.deepEqual(times, [...times].sort().reverse(), 'newest first');
  for (const event of all) assertSame(event, byNumber.get(event.payload.n));
}

async function statsAddUp(bus, { valid, malformed, targets }) {
  const expected = {
    published: valid.length + malformed.length,
    delivered: targets.reduce((sum, target) => sum + target.expected.size, 0),
    ...{ failed: 0, deadLettered: 0, inFlight: 0, sampledOut: 0, expired: 0, successRate: 1 },
    quarantined: malformed.length,
    topicDistribution: countTopics([...valid, ...malformed]),
  };
  const complete = ({ quarantined, delivered }) => quarantined >= expected.quarantined && delivered >= expected.delivered;
  const stats = await bus.statsUntil('all are counted', complete, patience);
  assert.deepEqual(stats, { ...stats, ...expected });
  return stats;
}

async function addTarget(t, bus, { active = true, ...wish }) {
  const receiver = await Receiver.start();
  t.after(() => receiver.close());
  await bus.addTarget(receiver, { events: wish.events, active, description: wish.name });
  return { ...wish, active, receiver };
}

/** One record in seven is malformed: each kind many times, the large ones once. */
function mixedStream(count) {
  const [valid, malformed] = [[], []];
  for (let n = 0; n < count; n++) {
    if (n % 7 !== 3) valid.push(mixedEvent(n));
    else malformed.push({ n, key: null, ...malformedRecords[malformed.length % malformedRecords.length] });
  }
  malformed.push(...oversizedRecords.map((record) => ({ n: count, key: null, ...record })));
  return { valid, malformed };
}

const payloadNumber = ({ payload }) => payload.n;
function countTopics(events) {
  const counts = Object.fromEntries(ingestTopics.map((topic) => [topic, 0]));
  for (const { topic } of events) counts[topic]++;
  return counts;
}

const sorted = (numbers) => numbers.sort((a, b) => a - b);
const storedNumbers = (events) => sorted(events.map(({ payload }) => payload.n));
const sentNumbers = (events) => sorted(events.map(({ n }) => n));

function isSettled({ dispatched_to: dispatched, delivery_success: success, delivery_failed: failed }, expected) {
  return dispatched === expected && success === expected && failed === 0;
}

function assertSame(stored, sent) {
  assert.equal(stored.event_type, sent.type);
  assert.equal(stored.topic, sent.topic);
  assert.deepEqual(stored.payload, sent.payload);
  if (sent.id) assert.equal(stored.event_id, sent.id);
  else assert.match(stored.event_id, /^(evt|aj_event)_\d+_[0-9a-z]{9}$/);
}
