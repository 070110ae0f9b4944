// A webhook receiver for the AJ Event Bus on nothing but Node. Settings: AJ_WEBHOOK_SECRET, PORT, HOST.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.AJ_WEBHOOK_SECRET ?? '';
const port = Number(process.env.PORT ?? 3001);
const host = process.env.HOST ?? '127.0.0.1';
const maxBodyBytes = 1024 * 1024;
const maxSkewMillis = 5 * 60 * 1000;
const remembered = 10_000;

if (secret.length < 32) {
  console.error('AJ_WEBHOOK_SECRET: expected the secret of the webhook target, at least 32 characters');
  process.exit(1);
}

/** Ids of deliveries already taken, oldest first. A receiver with a database keeps them there. */
const taken = new Set();

const server = createServer(async (request, response) => {
  const { status, ...body } = await take(request).catch(() => refusal(400, 'unreadable_body'));
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const { 'x-aj-event': type, 'webhook-id': id } = request.headers;
  log({ message: 'delivery', type, id, status, answer: body });
});

async function take(request) {
  if (request.method !== 'POST') return refusal(405, 'method_not_allowed');
  const body = await rawBody(request);
  if (body === null) return refusal(413, 'body_too_large');
  const problem = problemOf(request.headers, body);
  if (problem !== null) return refusal(401, problem);

  const id = request.headers['webhook-id'];
  if (taken.has(id)) return { status: 200, ok: true, duplicate: true };
  const event = JSON.parse(body);
  remember(id);
  // Hand the event over here, to a queue or a table, and answer: work that takes long belongs behind the answer.
  return { status: 200, ok: true, event_id: event.event_id };
}

const refusal = (status, error) => ({ status, ok: false, error });

/** The exact bytes that were signed, or null when there are too many. */
async function rawBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size <= maxBodyBytes ? Buffer.concat(chunks) : null;
}

/**
 * X-AJ-Signature covers time and body; the Standard Webhooks signature covers the id too, and the id is what
 * duplicates are told by, so both have to be right. While a secret is rotated each has a second value.
 */
function problemOf(headers, body) {
  const timestamp = headers['x-aj-timestamp'] ?? '';
  const seconds = headers['webhook-timestamp'] ?? '';
  const id = headers['webhook-id'] ?? '';
  if (id === '') return 'missing_headers';
  if (!isRecent(Date.parse(timestamp)) || !isRecent(Number(seconds) * 1000)) return 'timestamp_out_of_range';

  const aj = `sha256=${hmac(Buffer.from(secret), `${timestamp}.`, body, 'hex')}`;
  const standard = `v1,${hmac(standardKey(), `${id}.${seconds}.`, body, 'base64')}`;
  const ajGiven = [headers['x-aj-signature'] ?? '', headers['x-aj-signature-previous'] ?? ''];
  const standardGiven = (headers['webhook-signature'] ?? '').split(' ');
  return oneIs(aj, ajGiven) && oneIs(standard, standardGiven) ? null : 'signature_mismatch';
}

/** Within five minutes of now, before or after; an unreadable time is not. */
const isRecent = (millis) => Math.abs(Date.now() - millis) <= maxSkewMillis;

const hmac = (key, prefix, body, encoding) => createHmac('sha256', key).update(prefix).update(body).digest(encoding);

const standardKey = () => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret));

/** Constant time for texts of one length; another length is a plain no (timingSafeEqual would throw). */
function oneIs(expected, given) {
  const wanted = Buffer.from(expected);
  return given.map((text) => Buffer.from(text)).some((text) => text.length === wanted.length && timingSafeEqual(text, wanted));
}

function remember(id) {
  taken.add(id);
  if (taken.size > remembered) taken.delete(taken.values().next().value);
}

function log(fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), ...fields }));
}

server.listen(port, host, () => log({ message: 'listening', url: `http://${host}:${server.address().port}/` }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close(() => process.exit(0)));
