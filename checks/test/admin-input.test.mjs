import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Bus } from '../lib/bus.mjs';

const secret = 's'.repeat(32);
const valid = { url: 'http://127.0.0.1:9/hook', secret, active: true, events: [], description: 'check' };
const target = (fields) => ({ body: JSON.stringify({ ...valid, ...fields }) });
const raw = (body, headers) => ({ body, headers });
const key = (value) => ({ headers: { 'admin-key': value } });
const deep = `{"url":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

const keyless = [
  ['GET', '/stats'],
  ['GET', '/events'],
  ['GET', '/targets'],
  ['POST', '/targets', target()],
  ['DELETE', '/targets/some-id'],
  ['POST', '/replay', raw('{"eventId":"e-1"}')],
];

const badQueries = [
  'limit=0', 'limit=501', 'limit=-1', 'limit=abc', 'limit=1.5', 'limit=', 'limit=1e2', 'limit=99999999999999999999', 'limit=%00',
  'limit=5&limit=6', 'limti=5', 'limit=%zz', 'type=', 'type=a..b', 'type=%20', `type=${'a'.repeat(300)}`,
  'cursor=abc', 'cursor=!!!', 'cursor=%00', 'cursor=eyJhIjoxfQ==', `cursor=${'A'.repeat(5000)}`, 'cursor=%27%20OR%201%3D1--',
];

const badTargets = {
  'no body': raw(undefined, { 'content-type': 'application/json' }),
  'an empty body': raw(''),
  'not JSON': raw('url=http://127.0.0.1:9/hook'),
  'cut JSON': raw('{"url":"http://127.0.0.1:9/'),
  'two documents': raw(`${target().body}{}`),
  'invalid UTF-8': raw(Buffer.from(target({ description: '\u00ff' }).body, 'latin1')),
  'nested 50,000 deep': raw(deep),
  'duplicate keys': raw(target().body.replace('{', '{"active":false,')),
  'half a surrogate pair': raw(target().body.replace('"check"', '"\\ud83c"')),
  'an array': raw('[]'),
  'a string': raw('"url"'),
  'null': raw('null'),
  'no url': target({ url: undefined }),
  'url is a number': target({ url: 5 }),
  'url is null': target({ url: null }),
  'an empty url': target({ url: '' }),
  'not a url': target({ url: 'hook' }),
  'a url without a host': target({ url: 'http:///hook' }),
  'an ftp url': target({ url: 'ftp://127.0.0.1/hook' }),
  'a file url': target({ url: 'file:///etc/passwd' }),
  'a javascript url': target({ url: 'javascript:alert(1)' }),
  'a url with userinfo': target({ url: 'http://user:word@127.0.0.1:9/hook' }),
  'a url with a line break': target({ url: 'http://127.0.0.1:9/hook\r\nX-Other: 1' }),
  'a port that is none': target({ url: 'http://127.0.0.1:99999/hook' }),
  'http to another machine': target({ url: 'http://example.com/hook' }),
  'a url of 10,000 characters': target({ url: `http://127.0.0.1:9/${'a'.repeat(10_000)}` }),
  'a secret of 31 characters': target({ secret: 's'.repeat(31) }),
  'an empty secret': target({ secret: '' }),
  'secret is a number': target({ secret: 1234567890 }),
  'active is a word': target({ active: 'yes' }),
  'events is a word': target({ events: 'status_change' }),
  'events has a number': target({ events: ['status_change', 7] }),
  'events has null': target({ events: [null] }),
  'events has an empty pattern': target({ events: [''] }),
  'events has a pattern that is none': target({ events: ['audit..user'] }),
  'description is an object': target({ description: {} }),
};

const badReplays = {
  'not JSON': [400, raw('eventId=1')],
  'no eventId': [400, raw('{}')],
  'eventId is a number': [400, raw('{"eventId":7}')],
  'eventId is empty': [400, raw('{"eventId":""}')],
  'eventId with a space': [[400, 404], raw('{"eventId":"an id"}')],
  'targetUrl is a number': [[400, 404], raw('{"eventId":"e-1","targetUrl":7}')],
  'an unknown event': [404, raw('{"eventId":"no-such-event"}')],
};

let bus;
before(async () => (bus = await Bus.start()));
after(() => bus.dispose());

/** One problem, told in a sentence, and nothing of the inside of the program. */
async function refuses(statuses, method, path, options) {
  const answer = await bus.request(method, path, options);
  const shown = `${method} ${path.slice(0, 100)} answered ${answer.status}: ${answer.text.slice(0, 1000)}`;
  assert.ok([statuses].flat().includes(answer.status), shown);
  assert.match(answer.headers.get('content-type') ?? '', /json/, shown);
  const problem = JSON.parse(answer.text);
  const sentence = problem.detail ?? problem.message ?? problem.error;
  assert.equal(typeof sentence, 'string', shown);
  assert.match(sentence, /^\S+( \S+)+$/, `one sentence on one line: ${shown}`);
  assert.ok(sentence.length <= 300, `short enough to read: ${shown}`);
  assert.doesNotMatch(answer.text, /Exception|\bat (com|java|io)\.|com\.audiojones|jackson|\.java|SQLITE/i, shown);
  assert.ok(!answer.text.includes(secret), `a secret is shown: ${shown}`);
  assert.ok(!answer.text.includes(bus.adminKey), `the admin key is shown: ${shown}`);
}

for (const [method, path, options = {}] of keyless) {
  test(`${method} ${path} needs the admin key`, async () => {
    for (const wrong of ['', 'wrong', `${bus.adminKey}x`, bus.adminKey.slice(0, -1), bus.adminKey.toLowerCase()]) {
      await refuses(401, method, path, { ...options, ...key(wrong) });
    }
    await refuses(401, method, `${path}?admin-key=${bus.adminKey}`, { ...options, ...key('') });
  });
}

test('a request without the header is refused', async () => {
  const response = await fetch(`${bus.url}/api/admin/event-bus/stats`);
  assert.equal(response.status, 401);
  await response.text();
});

for (const query of badQueries) {
  test(`the list refuses ${query.slice(0, 60)}`, () => refuses(400, 'GET', `/events?${query}`));
}

for (const [what, options] of Object.entries(badTargets)) {
  test(`a target is refused: ${what}`, () => refuses(400, 'POST', '/targets', options));
}

for (const [what, [status, options]] of Object.entries(badReplays)) {
  test(`a replay is refused: ${what}`, () => refuses(status, 'POST', '/replay', options));
}

test('a body of 4 MiB is too large', () => refuses(413, 'POST', '/targets', target({ description: 'd'.repeat(4 * 1024 * 1024) })));

test('a body that is not announced as JSON is refused', () =>
  refuses([400, 415], 'POST', '/targets', raw(target().body, { 'content-type': 'text/plain' })));

test('what is not there is 404', async () => {
  await refuses(404, 'DELETE', '/targets/no-such-target');
  await refuses(404, 'DELETE', `/targets/${encodeURIComponent("' OR 1=1 --")}`);
  await refuses(404, 'GET', '/no-such-page');
});

test('afterwards the bus lives and nothing was stored', async () => {
  assert.ok(bus.alive, bus.tail());
  assert.deepEqual((await bus.get('/targets')).targets, []);
  assert.deepEqual(await bus.events(), []);
  assert.equal((await bus.get('/stats')).published, 0);
});
