import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../lib/bus.mjs';
import { connectProducer, publish } from '../lib/kafka.mjs';
import { githubPayloads, oddPayloads } from '../lib/payloads.mjs';
import { memberBytes } from '../lib/rawjson.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { until } from '../lib/until.mjs';

test('payloads arrive byte for byte', { timeout: 120_000 }, async (t) => {
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  const receiver = await Receiver.start();
  t.after(() => receiver.close());
  await bus.addTarget(receiver);
  const producer = await connectProducer(bus.kafka);
  t.after(() => producer.disconnect());

  const sent = new Map([...githubPayloads().map(githubRecord), ...oddPayloads.flatMap(oddRecords)].map((one) => [one.id, one]));
  await publish(producer, [...sent.values()]);

  await t.test('in the body that a receiver gets', async (t) => {
    const missing = () => {
      const seen = new Set(receiver.deliveries.map(({ event }) => event.event_id));
      return [...sent.keys()].filter((id) => !seen.has(id));
    };
    await until('every payload has arrived', missing, { done: (ids) => ids.length === 0, everyMillis: 100 });
    for (const { body, event } of receiver.deliveries) {
      const { type, raw } = sent.get(event.event_id);
      assert.equal(event.event_type, type);
      assert.equal(memberBytes(body, 'payload').toString(), raw, `the payload of ${event.event_id} was changed`);
    }
    assert.deepEqual(receiver.problems, []);
    t.diagnostic(`${githubPayloads().length} GitHub payloads, ${oddPayloads.length} odd ones on both families`);
  });

  await t.test('and in the store', async () => {
    const stored = await until('every payload is stored', () => bus.events(), { done: (all) => all.length >= sent.size, everyMillis: 200 });
    assert.equal(stored.length, sent.size);
    for (const { event_id: id, payload } of stored) {
      assert.deepEqual(payload, JSON.parse(sent.get(id).raw), id);
      const { text } = await bus.request('GET', `/events/${id}`);
      assert.equal(memberBytes(Buffer.from(text), 'payload').toString(), sent.get(id).raw, `the store changed the payload of ${id}`);
    }
  });
});

function githubRecord({ event, raw }, n) {
  return auditRecord(`github-${n}`, `integration.github.${event}`, raw);
}

function oddRecords(raw, n) {
  return [auditRecord(`odd-audit-${n}`, 'integration.odd', raw), ajRecord(`odd-aj-${n}`, 'system_update', raw)];
}

function auditRecord(id, type, raw) {
  const value = `{"id":"${id}","type":"${type}","actor":"github","actorType":"system","data":${raw}}`;
  return { id, type, raw, topic: 'audit.integration', key: id, value: Buffer.from(value) };
}

function ajRecord(id, type, raw) {
  const value = `{"event_id":"${id}","event_type":"${type}" , "payload" : ${raw} ,"metadata":{"source":"check"}}`;
  return { id, type, raw, topic: 'events.system', key: id, value: Buffer.from(value) };
}
