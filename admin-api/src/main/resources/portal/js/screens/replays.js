import { Fragment, h } from '../preact.js';
import { get } from '../api.js';
import { ago, count } from '../format.js';
import { Live } from '../live.js';
import { Bar } from '../parts/bar.js';
import { Head } from '../parts/head.js';
import { Loaded, Notice } from '../parts/states.js';
import { set } from '../route.js';

const lostAfter = 60_000;
const kinds = { done: 'good', failed: 'bad', running: 'busy', lost: 'warn' };

async function load() {
  const [{ replays }, { targets }] = await Promise.all([get('/replays'), get('/targets')]);
  return { replays, targets };
}

/** What was asked to be sent again, and how far it has come. */
export function Replays() {
  return h(Fragment, null,
    h(Head, { title: 'Replays', about: 'What was sent again, newest first' }),
    h('section', { class: 'card', 'aria-label': 'Replays' },
      h(Live, { load }, (live) => h(Loaded, {
        live,
        isEmpty: ({ replays }) => replays.length === 0,
        empty: h(Notice, { title: 'No replays yet' }, 'Replay an event from its details, or recover a target from its dead letters.'),
      }, ({ replays, targets }) => h('table', { class: 'table cards' },
        h('thead', null, h('tr', null, ['What', 'Begun', 'Progress', 'State'].map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', null, replays.map((replay) => h(Replay, { key: replay.replayId, replay, target: targets.find(({ id }) => id === replay.targetId) }))))))));
}

function Replay({ replay, target }) {
  const { state, written, total, problem } = replay;
  const lost = state === 'running' && Date.now() - new Date(replay.changedAt) > lostAfter;
  const shown = lost ? 'lost' : state;
  const name = target?.description || target?.url || replay.targetId;
  return h('tr', null,
    h('td', { class: 'first' },
      replay.eventId
        ? h('button', { class: 'row-link', onClick: () => set({ event: replay.eventId }) }, `Event ${replay.eventId}`)
        : h('strong', null, `Recovery of ${name}`),
      (problem || lost) && h('p', { class: 'problem' }, problem ?? 'Its process has ended: ask for another.')),
    h('td', { class: 'nowrap soft' }, ago(replay.startedAt)),
    h('td', null, h(Bar, { share: total === 0 ? 1 : written / total, label: 'Written', kind: { done: 'good', failed: 'bad' }[state] }),
      h('span', { class: 'small soft number nowrap' }, `${count(written)} of ${count(total)}`)),
    h('td', null, h('span', { class: `badge ${kinds[shown]}` }, shown)));
}
