import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bus } from '../checks/lib/bus.mjs';
import { Child } from '../checks/lib/child.mjs';
import { connectProducer, publish } from '../checks/lib/kafka.mjs';
import { signedHeaders } from '../checks/lib/signature.mjs';
import { until } from '../checks/lib/until.mjs';
import { auditEvents, ajEvents, codeBlock } from './spec-receivers-pages.mjs';

const libraries = fileURLToPath(new URL('../checks/node_modules', import.meta.url));
const nextHost = fileURLToPath(new URL('spec-receivers-next-host.cjs', import.meta.url));
const typescript = createRequire(new URL('../checks/package.json', import.meta.url))('typescript');
const secret = randomBytes(24).toString('base64url');
const environment = { ...process.env, NODE_PATH: libraries, AJ_WEBHOOK_SECRET: secret, AJ_WEBHOOK_SHARED_SECRET: secret };
const expressPort = 3001;

const pages = {
  aj: await readFile(join(process.env.SPEC_DIR, 'audio-jones-event-bus.md'), 'utf8'),
  audit: await readFile(join(process.env.SPEC_DIR, 'layer-2-audit-event-bus.md'), 'utf8'),
};
const events = [...ajEvents(pages.aj), ...auditEvents(pages.audit)];
const folder = await mkdtemp(join(tmpdir(), 'spec-receivers-'));
const receivers = [];
let bus;
try {
  bus = await Bus.start();
  receivers.push(await startExpress(), await startNext());
  for (const receiver of receivers) await check(receiver);
} catch (error) {
  console.error(`spec-receivers: ${error.message}`);
  process.exitCode = 1;
} finally {
  await Promise.all(receivers.map(({ child }) => child.end()));
  await bus?.dispose();
  await rm(folder, { recursive: true, force: true });
}

/** The Express sample as it is printed; its port is fixed in it. */
async function startExpress() {
  await assertFree(expressPort);
  const file = join(folder, 'express-receiver.cjs');
  await writeFile(file, codeBlock(pages.aj, 'Node.js/Express Receiver'));
  const child = new Child(process.execPath, [file], { env: environment });
  await child.says(/listening on port 3001/);
  const line = ({ type, id }) => `Received AJ event: ${type} ${id}`;
  return { name: 'Express', child, url: `http://127.0.0.1:${expressPort}/aj-webhook`, line };
}

/**
 * The App Router handler as it is printed, with the real NextRequest and NextResponse: only its types are stripped, and a
 * small HTTP server calls the exported POST. A whole Next.js application would add a build of half a minute and say no more
 * about the handler.
 */
async function startNext() {
  const { ModuleKind, ScriptTarget, transpileModule } = typescript;
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const file = join(folder, 'route.cjs');
  await writeFile(file, transpileModule(codeBlock(pages.aj, 'Next.js API Route Receiver'), { compilerOptions }).outputText);
  const child = new Child(process.execPath, [nextHost, file], { env: environment });
  const [, url] = await child.says(/^listening on (\S+)$/m);
  return { name: 'Next.js', child, url, line: ({ type, id }) => `Processing ${type}: ${id}` };
}

/** Every kind of event is accepted by a receiver that knows the secret; one that does not refuses. */
async function check({ name, child, url, line }) {
  const prefix = name.toLowerCase().replace(/\W/g, '');
  const known = events.map((event) => event.withId(`${event.id}.${prefix}`));
  for (const event of await deliver({ url, secret }, known)) {
    const shown = `${event.event_type} ${event.event_id} ended with ${event.delivery_success} successes, ${event.delivery_failed} failures`;
    assert.deepEqual([event.delivery_success, event.delivery_failed], [1, 0], `${name}: ${shown}:\n${child.tail(1500)}`);
  }
  const lines = new Set(child.output.split('\n'));
  for (const event of known) assert.ok(lines.has(line(event)), `${name} printed no line "${line(event)}":\n${child.tail(1500)}`);

  const stranger = known[0].withId(`refused.${prefix}`);
  const [refused] = await deliver({ url, secret: `${secret}-of-another` }, [stranger]);
  assert.deepEqual([refused.delivery_success, refused.delivery_failed], [0, 1], `${name} took a delivery signed with a wrong secret`);
  assert.ok(!child.output.includes(stranger.id), `${name} processed a delivery signed with a wrong secret`);
  assert.equal(await statusOfForgery(url, stranger), 401, `${name} answers a wrong secret with 401`);
  const topics = new Set(known.map(({ topic }) => topic));
  console.log(`${name}: ${known.length} of ${known.length} events on ${topics.size} topics accepted, a wrong secret refused with 401`);
}

/** Publishes events while the receiver is the only target; their stored forms, once each has an outcome. */
async function deliver(receiver, published) {
  const target = await bus.addTarget(receiver, { description: 'sample receiver' });
  const producer = await connectProducer(bus.kafka);
  try {
    await publish(producer, published);
    return await outcomes(published);
  } finally {
    await producer.disconnect();
    await bus.removeTarget(target.id);
  }
}

/** What a receiver answers to a delivery that is signed with a secret it does not know. */
async function statusOfForgery(url, { type, value: body }) {
  const headers = signedHeaders('a-secret-that-no-target-of-ours-has', { id: 'msg_forged', type, body });
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}

/** The stored events of these ids, once each has an outcome. */
async function outcomes(published) {
  const ids = new Set(published.map(({ id }) => id));
  const look = async () => (await bus.events()).filter(({ event_id: id }) => ids.has(id));
  const done = (stored) => stored.length === ids.size && stored.every((event) => event.delivery_success + event.delivery_failed > 0);
  return until('every event has an outcome in the store', look, { done, seconds: 40, everyMillis: 100 });
}

async function assertFree(port) {
  const probe = createServer().listen(port);
  await once(probe, 'listening').catch((error) => {
    throw new Error(`port ${port}, which the Express sample listens on, is not free (${error.code}): stop what uses it`);
  });
  await new Promise((closed) => probe.close(closed));
}
