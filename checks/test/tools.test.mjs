import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../lib/ledger.mjs';
import { oddPayloads } from '../lib/payloads.mjs';
import { memberBytes } from '../lib/rawjson.mjs';
import { problemOf, signedHeaders, standardSignature } from '../lib/signature.mjs';
import { until } from '../lib/until.mjs';

test('a member is cut out of an object as it stands', () => {
  for (const raw of oddPayloads) {
    const body = Buffer.from(`{"id":"payload","text":"\\"payload\\":1", "list":[{"payload":2}] ,"payload" :\t${raw} ,"after":{"payload":3}}`);
    assert.equal(memberBytes(body, 'payload').toString(), raw);
    assert.equal(memberBytes(body, 'after').toString(), '{"payload":3}');
    assert.equal(memberBytes(body, 'absent'), null);
  }
  assert.equal(memberBytes(Buffer.from('{"last":12.0}'), 'last').toString(), '12.0');
  assert.throws(() => memberBytes(Buffer.from('{"open":["'), 'open'), /ends inside/);
});

test('a ledger tells what is lost, strange and repeated', () => {
  const counts = new Map([['a', 1], ['b', 3], ['x', 1]]);
  assert.deepEqual(compare(new Set(['a', 'b', 'c']), counts), { expected: 3, lost: ['c'], strangers: ['x'], duplicates: 2 });
});

test('waiting in vain shows the last state', async () => {
  let looks = 0;
  const waiting = until('ten looks', () => ({ looks: ++looks }), { done: () => false, seconds: 0.05, everyMillis: 10 });
  await assert.rejects(waiting, /ten looks: not within 0.05 s, last seen: \{ looks: \d+ \}/);
});

test('signatures: the known answer of Standard Webhooks, and what a receiver refuses', () => {
  const known = standardSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', '{"test": 2432232314}');
  assert.equal(known, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');

  const secret = 's'.repeat(32);
  const body = Buffer.from('{}');
  const headers = signedHeaders(secret, { id: 'msg_1', type: 'status_change', body });
  assert.equal(problemOf(secret, headers, body), null);
  assert.match(problemOf(secret, headers, Buffer.from('{ }')), /AJ signature/);
  assert.match(problemOf(secret, { ...headers, 'webhook-id': 'msg_2' }, body), /standard signature/);
  assert.match(problemOf(secret, { ...headers, 'x-aj-event': undefined }, body), /x-aj-event/);
  assert.match(problemOf(secret, signedHeaders(secret, { id: 'msg_1', type: 't', body, at: new Date(0) }), body), /not of now/);
});
