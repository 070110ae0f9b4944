import { randomBytes } from 'node:crypto';

const audit = (fields) => JSON.stringify({ type: 'user.login', actor: 'user-1', actorType: 'user', data: { n: -1 }, ...fields });
const aj = (fields) => JSON.stringify({ event_type: 'status_change', payload: { n: -1 }, ...fields });
const onAudit = (value) => ({ topic: 'audit.user', value });
const onAj = (value) => ({ topic: 'events.status', value });

const kinds = {
  'no value': onAudit(null),
  'no value, AJ': onAj(null),
  '0 bytes': onAudit(''),
  'only spaces': onAudit('  \n'),
  'not JSON': onAudit('user.login by user-1'),
  'cut JSON': onAudit(audit().slice(0, -5)),
  'two documents': onAudit(audit() + audit()),
  'trailing comma': onAj('{"event_type":"status_change","payload":{"n":-1},}'),
  'not a number': onAj('{"event_type":"status_change","payload":{"n":NaN}}'),
  'random bytes': onAudit(randomBytes(300)),
  'invalid UTF-8': onAudit(Buffer.from(audit({ actor: 'user-@' }).replace('@', '\u00ff'), 'latin1')),
  'UTF-16': onAj(Buffer.from(aj(), 'utf16le')),
  'array at the root': onAudit(`[${audit()}]`),
  'string at the root': onAj('"status_change"'),
  'number at the root': onAj('42'),
  'null at the root': onAudit('null'),
  'duplicate keys': onAudit(audit().replace('{', '{"type":"user.logout",')),
  'duplicate keys, AJ': onAj(aj().replace('{', '{"event_type":"status_outage",')),
  'duplicate keys inside data': onAudit(audit({ data: '@' }).replace('"@"', '{"deeper":[{"a":1,"a":2}]}')),
  'nested 10,000 deep': onAudit(audit({ data: '@' }).replace('"@"', '['.repeat(10_000) + ']'.repeat(10_000))),
  'no type': onAudit(audit({ type: undefined })),
  'no actor': onAudit(audit({ actor: undefined })),
  'no actorType': onAudit(audit({ actorType: undefined })),
  'no data': onAudit(audit({ data: undefined })),
  'no event_type': onAj(aj({ event_type: undefined })),
  'no payload': onAj(aj({ payload: undefined })),
  'type is a number': onAudit(audit({ type: 7 })),
  'actor is an object': onAudit(audit({ actor: { id: 1 } })),
  'unknown actorType': onAudit(audit({ actorType: 'robot' })),
  'unknown priority': onAudit(audit({ priority: 'P9' })),
  'priority is a number': onAudit(audit({ priority: 1 })),
  'ttl is a word': onAudit(audit({ ttl: 'soon' })),
  'timestamp is a word': onAudit(audit({ timestamp: 'yesterday' })),
  'metadata is an array': onAj(aj({ metadata: ['source'] })),
  'event_type is null': onAj(aj({ event_type: null })),
  'empty type': onAudit(audit({ type: '' })),
  'type with a space': onAudit(audit({ type: 'user login' })),
  'type with an empty segment': onAudit(audit({ type: 'user..login' })),
  'type of 201 characters': onAudit(audit({ type: 'u'.repeat(201) })),
  'id with a space': onAudit(audit({ id: 'an id' })),
  'id with a line break': onAj(aj({ event_id: 'id\r\nX-Other: 1' })),
  'empty id': onAudit(audit({ id: '' })),
  'id of 129 characters': onAj(aj({ event_id: 'i'.repeat(129) })),
  'id is a number': onAudit(audit({ id: 12 })),
};

const large = {
  '300 KiB': onAudit(audit({ data: 'x'.repeat(300 * 1024) })),
  'almost 1 MiB': onAj(aj({ payload: { text: 'x'.repeat(1_000_000) } })),
};

/** The kind takes the place of the payload's number, so that an accepted record tells what it is. */
const labelled = ([kind, { topic, value }]) => ({
  topic,
  value: typeof value === 'string' ? value.replace('{"n":-1}', JSON.stringify({ n: kind })) : value,
});

/** Records that no publisher should send, one of each kind. Each must end in quarantine. */
export const malformedRecords = Object.entries(kinds).map(labelled);

/** Records above the limit of an event; few, since each is large. */
export const oversizedRecords = Object.entries(large).map(labelled);
