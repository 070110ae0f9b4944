import { createHmac, timingSafeEqual } from 'node:crypto';

/** The value of `X-AJ-Signature` for the exact bytes of a body. */
export function ajSignature(secret, timestamp, body) {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}

/** The `v1` signature of Standard Webhooks, which covers the id too. */
export function standardSignature(secret, id, timestamp, body) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** Compares in constant time; texts of different length are different. */
export function sameText(left, right) {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The signed headers of a delivery as the bus sends them. */
export function signedHeaders(secret, { id, type, body, at = new Date() }) {
  const timestamp = at.toISOString();
  const seconds = Math.floor(at.getTime() / 1000);
  return {
    'content-type': 'application/json',
    'x-aj-event': type,
    'x-aj-timestamp': timestamp,
    'x-aj-signature': ajSignature(secret, timestamp, body),
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': standardSignature(secret, id, seconds, body),
  };
}

/** What is wrong with a delivery's headers, or null. */
export function problemOf(secret, headers, body) {
  const missing = ['x-aj-signature', 'x-aj-timestamp', 'x-aj-event', 'webhook-id', 'webhook-timestamp', 'webhook-signature']
    .filter((name) => !headers[name]);
  if (missing.length > 0) return `missing headers: ${missing.join(', ')}`;
  const timestamp = headers['x-aj-timestamp'];
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp)) return `timestamp: ${timestamp}`;
  if (Math.abs(Date.now() - Date.parse(timestamp)) > 60_000) return `timestamp is not of now: ${timestamp}`;
  if (!sameText(headers['x-aj-signature'], ajSignature(secret, timestamp, body))) return 'AJ signature differs';
  const standard = standardSignature(secret, headers['webhook-id'], headers['webhook-timestamp'], body);
  if (!headers['webhook-signature'].split(' ').some((one) => sameText(one, standard))) return 'standard signature differs';
  return null;
}
