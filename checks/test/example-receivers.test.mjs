import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Bus } from '../lib/bus.mjs';
import { Child } from '../lib/child.mjs';
import { mixedEvent } from '../lib/events.mjs';
import { connectProducer, publish } from '../lib/kafka.mjs';
import { signedHeaders } from '../lib/signature.mjs';
import { until } from '../lib/until.mjs';

const examples = fileURLToPath(new URL('../../examples/receivers/', import.meta.url));
const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';
const receivers = [
  { name: 'node', command: process.execPath, args: ['receiver.mjs'] },
  { name: 'java', command: java, args: ['Receiver.java'] },
];
const accepted = 96;

test('the example receivers', { timeout: 120_000 }, async (t) => {
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  for (const receiver of receivers) {
    Object.assign(receiver, await startExample(receiver));
    t.after(() => receiver.child.alive && receiver.child.end());
    await bus.addTarget(receiver);
  }
  const producer = await connectProducer(bus.kafka);
  t.after(() => producer.disconnect());
  const events = Array.from({ length: accepted }, (_, n) => mixedEvent(n));
  await publish(producer, events);

  await t.test('both accept every event, says the store', async () => {
    const settled = (all) => all.length === accepted && all.every((event) => event.delivery_success === receivers.length);
    const stored = await until('all are delivered to both', () => bus.events(), { done: settled, everyMillis: 100 });
    assert.ok(stored.every((event) => event.delivery_failed === 0));
  });

  for (const receiver of receivers) {
    await t.test(`the ${receiver.name} one logs each event and judges forged deliveries`, async (t) => {
      const logged = () => logLines(receiver.child).filter(({ message, status }) => message === 'delivery' && status === 200);
      const lines = await until('one line for each event', logged, { done: (all) => all.length >= accepted });
      assert.equal(new Set(lines.map(({ id }) => id)).size, accepted);
      await judgeForgeries(receiver);
      t.diagnostic(`${lines.length} log lines, like ${JSON.stringify(lines[0])}`);
    });
  }
});

async function startExample({ name, command, args }) {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const env = { ...process.env, AJ_WEBHOOK_SECRET: secret, PORT: '0' };
  const child = new Child(command, args, { cwd: `${examples}${name}`, env });
  const [, url] = await child.says(/"message":"listening","url":"([^"]+)"/);
  return { child, url, secret };
}

const logLines = ({ output }) => output.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => JSON.parse(line));

/** One genuine delivery, and what an attacker or a broken clock would make of it. */
async function judgeForgeries({ url, secret }) {
  const body = Buffer.from('{"event_id":"e-1","event_type":"status_change","timestamp":"2026-01-01T00:00:00.000Z","payload":{},"metadata":{}}');
  const headers = signedHeaders(secret, { id: 'msg_genuine', type: 'status_change', body });
  const shifted = (minutes) => signedHeaders(secret, { id: 'msg_shifted', type: 'status_change', body, at: new Date(Date.now() + minutes * 60_000) });
  const post = async (changed = {}, sent = body) => {
    const response = await fetch(url, { method: 'POST', headers: { ...headers, ...changed }, body: sent });
    return { status: response.status, ...(await response.json()) };
  };

  assert.deepEqual(await post(), { status: 200, ok: true, event_id: 'e-1' });
  assert.deepEqual(await post(), { status: 200, ok: true, duplicate: true });
  const tampered = Buffer.from(body.toString().replace('"payload":{}', '"payload":{"amount":1000000}'));
  const forged = {
    'a tampered body': post({}, tampered),
    'an empty body': post({}, Buffer.alloc(0)),
    'another id': post({ 'webhook-id': 'msg_other' }),
    'no id': post({ 'webhook-id': '' }),
    'a short signature': post({ 'x-aj-signature': 'sha256=00' }),
    'a wrong signature of the right length': post({ 'x-aj-signature': `sha256=${'0'.repeat(64)}` }),
    'no signature': post({ 'x-aj-signature': '' }),
    'no standard signature': post({ 'webhook-signature': '' }),
    'a time that is none': post({ 'x-aj-timestamp': 'now' }),
    'a delivery of 6 minutes ago': post(shifted(-6)),
    'a delivery from 6 minutes ahead': post(shifted(6)),
  };
  for (const [what, answer] of Object.entries(forged)) assert.equal((await answer).status, 401, what);
  assert.equal((await post(shifted(-4))).status, 200, '4 minutes ago is still fine');
  assert.equal((await post({}, Buffer.alloc(1024 * 1024 + 1))).status, 413, 'more than 1 MiB');
  assert.equal((await fetch(url)).status, 405);
}
