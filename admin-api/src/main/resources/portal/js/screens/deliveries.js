import { h } from '../preact.js';
import { millis, time, until, words } from '../format.js';

const kinds = { delivered: 'good', failed: 'warn', dead_lettered: 'bad', expired: 'bad', removed: 'bad' };

/** What happened to an event at each target, in the order of time. */
export function Pairs({ deliveries, targets, onReplay }) {
  const byTarget = Map.groupBy(deliveries.filter(({ target_id: id }) => id !== null), ({ target_id: id }) => id);
  if (byTarget.size === 0) {
    return h('p', { class: 'soft small' }, deliveries.length === 0 ? 'Nothing has happened yet.' : 'No target wants this event. A target that is added now gets it by a replay.');
  }
  return [...byTarget].map(([id, steps]) => h(Pair, { key: id, id, steps, target: targets.find((one) => one.id === id), onReplay }));
}

function Pair({ id, steps, target, onReplay }) {
  return h('div', { class: 'pair' },
    h('header', null,
      h('div', null, h('strong', { class: 'small' }, target?.description || steps.at(-1).url), h('div', { class: 'soft small' }, target ? target.url : `${id}, removed since`)),
      target && h('button', { class: 'button tight', onClick: () => onReplay(target), 'aria-label': `Replay here: ${target.url}` }, 'Replay here')),
    h('ol', { class: 'steps' }, steps.map((step) => h('li', { class: kinds[step.outcome] ?? '' }, h(Step, { step })))));
}

function Step({ step }) {
  const facts = [
    step.status !== null && `status ${step.status}`,
    step.response_time_ms !== null && millis(step.response_time_ms),
    step.request_no > 0 && `request ${step.request_no}`,
    step.replay_id && 'replay',
    step.next_attempt_at && Date.parse(step.next_attempt_at) > Date.now() && `next ${until(step.next_attempt_at)}`,
  ].filter(Boolean);
  return [
    h('div', null, h('strong', null, words(step.outcome)), h('span', { class: 'soft' }, ` · ${time(step.timestamp)}${facts.map((fact) => ` · ${fact}`).join('')}`)),
    step.error_message && h('div', { class: 'soft' }, step.error_message),
    step.response_excerpt && h('details', null, h('summary', null, 'Answer'), h('pre', { class: 'block' }, step.response_excerpt)),
  ];
}
