import { Component, Fragment, h } from '../preact.js';
import { get, query } from '../api.js';
import { ago, count, time, words } from '../format.js';
import { Live } from '../live.js';
import { Head } from '../parts/head.js';
import { Loaded, Notice } from '../parts/states.js';
import { address, set } from '../route.js';
import { Recover } from './recover.js';

const most = 500;
const together = 6;

/** The newest dead letters of each target, those of a few targets at a time. */
async function load(wanted) {
  const { targets } = await get('/targets');
  const groups = [];
  const asked = targets.filter(({ id }) => !wanted || id === wanted);
  for (let begin = 0; begin < asked.length; begin += together) {
    groups.push(...await Promise.all(asked.slice(begin, begin + together).map(async (target) => {
      const { dead_letters: letters, next } = await get(`/dead-letters${query({ targetId: target.id, limit: most })}`);
      return { target, letters, more: next !== null };
    })));
  }
  return { targets, groups: groups.filter(({ letters }) => letters.length > 0) };
}

/** What was given up, by target and reason, and bringing it back. */
export class DeadLetters extends Component {
  state = { recovering: null };

  render({ params }, { recovering }) {
    return h(Fragment, null,
      h(Head, { title: 'Dead letters', about: 'What was given up for targets that are still there, whether or not a replay reached it later' },
        params.target && h('a', { class: 'button', href: address('dead-letters') }, 'All targets')),
      h(Live, { load: () => load(params.target), what: params.target, every: 5_000 }, (live) => h(Fragment, null,
        h(Loaded, { live, isEmpty: ({ groups }) => groups.length === 0, empty: h('div', { class: 'card' }, h(Notice, { title: 'No dead letters' }, 'Nothing was given up.')) },
          ({ groups }) => groups.map((group) => h(Group, { key: group.target.id, ...group, onRecover: () => this.setState({ recovering: group }) }))),
        recovering && h(Recover, { ...recovering, onClose: () => this.setState({ recovering: null }) }))));
  }
}

function Group({ target, letters, more, onRecover }) {
  const reasons = [...Map.groupBy(letters, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return h('section', { class: 'card letters', 'aria-label': target.description || target.url },
    h('header', null,
      h('h2', null, target.description || target.url),
      h('span', { class: 'badge bad' }, `${count(letters.length)}${more ? ' newest' : ''}`),
      h('button', { class: 'button', onClick: onRecover }, 'Recover…')),
    reasons.map(([reason, some]) => h(Reason, { key: reason, reason, letters: some })));
}

const listed = 20;

function Reason({ reason, letters }) {
  const [last] = letters;
  return h('details', null,
    h('summary', null,
      h('strong', null, words(reason)), h('span', { class: 'number' }, count(letters.length)),
      h('span', { class: 'soft last' }, last.last_error), h('span', { class: 'soft nowrap' }, ago(last.timestamp))),
    h('table', { class: 'table cards' },
      h('thead', null, h('tr', null, ['Given up', 'Event', 'Attempts', 'Status', 'Last failure'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', null, letters.slice(0, listed).map((letter) => h('tr', { key: `${letter.event_id} ${letter.timestamp}` },
        h('td', { class: 'nowrap soft' }, time(letter.timestamp)),
        h('td', { class: 'first nowrap' }, h('button', { class: 'row-link', onClick: () => set({ event: letter.event_id }) }, letter.event_type)),
        h('td', { class: 'number minor' }, letter.attempts),
        h('td', { class: 'number' }, letter.last_status ?? '–'),
        h('td', { class: 'wide minor' }, letter.last_error))))),
    letters.length > listed && h('p', { class: 'more soft small' }, `The newest ${listed} of ${count(letters.length)}.`));
}
