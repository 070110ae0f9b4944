import assert from 'node:assert/strict';

/** The first fenced block under the heading. */
export function codeBlock(page, heading) {
  return blocks(section(page, heading))[0] ?? assert.fail(`no code block under "${heading}"`);
}

/** One event of each type that the page lists, with the page's own sample where it prints one. */
export function ajEvents(page) {
  const samples = blocks(section(page, 'Event Payload Schemas')).map((text) => JSON.parse(text));
  const types = [...section(page, 'Supported Event Types').matchAll(/^- `(\w+)`/gm)].map(([, type]) => type);
  assert.equal(types.length, 14, `expected 14 event types on the page, got ${types.join(', ')}`);
  assert.equal(samples.length, 3, `expected 3 sample events on the page, got ${samples.length}`);
  return types.map((type) => {
    const sample = samples.find((one) => one.event_type === type);
    const event = sample ?? { event_id: `spec-${type}`, event_type: type, payload: { of: type }, metadata: { source: 'spec-receivers' } };
    return record(`events.${type.split('_')[0]}`, type, event, 'event_id');
  });
}

/** One event for each name in the page's topic tree. */
export function auditEvents(page) {
  const tree = blocks(section(page, 'Topic Hierarchy'))[0];
  const names = [...new Set([...tree.matchAll(/audit((?:\.\w+)+)(\.\*)?/g)].map(([, name, star]) => name.slice(1) + (star ? '.example' : '')))];
  const events = names.map((type) => {
    // P0, since some of these names are sampled otherwise.
    const event = { id: `spec-${type}`, type, actor: 'spec-receivers', actorType: 'system', data: { of: type }, priority: 'P0' };
    return record(`audit.${type.split('.')[0]}`, type, event, 'id');
  });
  const topics = new Set(events.map(({ topic }) => topic));
  assert.equal(topics.size, 11, `expected 11 audit topics on the page, got ${[...topics].join(', ')}`);
  return events;
}

function record(topic, type, event, idField) {
  const id = event[idField];
  return {
    topic,
    type,
    id,
    value: Buffer.from(JSON.stringify(event)),
    withId: (other) => record(topic, type, { ...event, [idField]: other }, idField),
  };
}

/** What stands between a heading and the next one of its level or above. */
function section(page, heading) {
  const start = new RegExp(`^(#+) ${heading.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm').exec(page);
  assert.ok(start, `the page has no heading "${heading}"`);
  const rest = page.slice(start.index + start[0].length);
  const end = outsideFences(rest).search(new RegExp(`^#{1,${start[1].length}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

const fence = /^```\w*\n([\s\S]*?)^```$/gm;
const blocks = (text) => [...text.matchAll(fence)].map(([, code]) => code);

/** The text with its code blanked, so that a comment in code is no heading. */
const outsideFences = (text) => text.replace(fence, (block) => block.replace(/[^\n]/g, ' '));
