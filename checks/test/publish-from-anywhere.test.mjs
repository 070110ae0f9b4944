import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Bus } from '../lib/bus.mjs';
import { Child } from '../lib/child.mjs';
import { Receiver } from '../lib/receiver.mjs';
import { until } from '../lib/until.mjs';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(checkout, 'docs/publish-from-anywhere.md'), 'utf8');
const programs = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';

const audit = { actorType: 'system', priority: 'P1', topic: 'audit.integration' };
const published = [
  ['incident-1', 'incident_created', { title: 'disk full' }, { source: '/pager' }],
  ['invoice-1', 'integration.invoice.paid', { amount: 12.5 }, { ...audit, actor: '/billing', source: '/billing' }],
  ['login-1', 'user.login', { ip: '203.0.113.7' }, { ...audit, actor: 'user-123', actorType: 'user', topic: 'audit.user' }],
  ['status-1', 'status_change', { from: 'operational', to: 'degraded' }, {}],
  ['status-2', 'status_change', { from: 'degraded', to: 'operational' }, { source: 'probe', severity: 'info' }],
];

test('the programs of docs/publish-from-anywhere.md', { timeout: 120_000 }, async (t) => {
  const tools = await kafkaTools(t);
  const bus = await Bus.start();
  t.after(() => bus.dispose());
  const receiver = await Receiver.start();
  t.after(() => receiver.close());
  await bus.addTarget(receiver);
  const env = { ...process.env, KAFKA: bus.kafka, PATH: `${tools}${delimiter}${process.env.PATH}` };

  for (const { language, code } of programs) {
    await t.test(`one in ${language} ends well`, () => run(language, code, env));
  }
  await t.test('their events arrive as they are on the page', async () => {
    await until('all arrive', () => receiver.deliveries.length, { done: (count) => count >= published.length });
    const arrived = receiver.deliveries.map(({ event: { event_id: id, event_type: type, payload, metadata } }) => [id, type, payload, metadata]);
    assert.deepEqual(arrived.sort(([a], [b]) => a.localeCompare(b)), published);
    assert.deepEqual(receiver.problems, []);
  });
  await t.test('what is no event is in quarantine, for the reason that the page gives', async () => {
    const look = async () => (await bus.get('/quarantine')).records;
    const records = await until('it is in quarantine', look, { done: ({ length }) => length > 0, everyMillis: 100 });
    assert.equal(records.length, 1);
    assert.ok(page.includes(`\`${records[0].reason}\``), `the page does not say \`${records[0].reason}\``);
  });
});

async function run(language, code, env) {
  const [command, ...args] = { js: [process.execPath, '--input-type=module', '-e', code], sh: ['bash', '-euc', code] }[language];
  const child = new Child(command, args, { env, cwd: join(checkout, 'checks') });
  const exit = await child.ended();
  assert.equal(exit.code, 0, `it ended with ${JSON.stringify(exit)}:\n${child.tail()}`);
}

/** A directory with the console producer under the name it has in Kafka's distribution. */
async function kafkaTools(t) {
  const target = join(checkout, 'launcher/target');
  assert.ok(existsSync(join(target, 'kafka-tools')), `${target}/kafka-tools is missing: run mvn -pl launcher -am -DskipTests verify`);
  const directory = await mkdtemp(join(tmpdir(), 'ajbus-check-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const script = `#!/bin/sh\nexec '${java}' -cp '${target}/kafka-tools/*:${target}/lib/*' org.apache.kafka.tools.ConsoleProducer "$@"\n`;
  await writeFile(join(directory, 'kafka-console-producer.sh'), script, { mode: 0o755 });
  return directory;
}
