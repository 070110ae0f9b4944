import { Component, Fragment, h } from '../preact.js';
import { get, query } from '../api.js';
import { time, words } from '../format.js';
import { Live } from '../live.js';
import { Head } from '../parts/head.js';
import { icon } from '../parts/icons.js';
import { Loaded, Notice } from '../parts/states.js';
import { set } from '../route.js';
import { Filters, fields } from './filters.js';

const page = 50;

export const statusKinds = { delivered: 'good', failed: 'bad', in_flight: 'busy', unmatched: '' };

/** Events, newest first; the first page is loaded again and again while it is live. */
export class Timeline extends Component {
  state = { live: true, older: null };
  #seen = new Set();

  /** What was filtered is another list. */
  static getDerivedStateFromProps({ params }, state) {
    const filter = query(Object.fromEntries(fields.map((name) => [name, params[name]])));
    return filter === state.filter ? null : { filter, older: null };
  }

  #path = (cursor) => `/events${this.state.filter}${this.state.filter ? '&' : '?'}limit=${page}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;

  #loadOlder = async (newest) => {
    const { events = newest.events, next = newest.next, begin = newest } = this.state.older ?? {};
    try {
      const more = await get(this.#path(next));
      this.setState({ live: false, older: { begin, events: [...events, ...more.events], next: more.next } });
    } catch (error) {
      this.setState({ older: { begin, events, next, problem: error.message } });
    }
  };

  /** Which of these events were not there before. */
  #fresh(events) {
    const first = this.#seen.size === 0;
    const fresh = new Set(first ? [] : events.filter(({ event_id: id }) => !this.#seen.has(id)).map(({ event_id: id }) => id));
    events.forEach(({ event_id: id }) => this.#seen.add(id));
    return fresh;
  }

  render({ params }, { live, older, filter }) {
    const toggle = () => this.setState({ live: !live, older: null });
    return h(Fragment, null,
      h(Head, { title: 'Timeline', about: 'Events as they were taken in, newest first' },
        h('button', { class: 'button', 'aria-pressed': live, onClick: toggle }, icon(live ? 'pause' : 'play'), live ? 'Pause' : 'Go live'),
        h('span', { class: `badge ${live ? 'good' : ''}`, role: 'status' }, live ? 'Live' : 'Paused')),
      h(Filters, { params, key: filter }),
      h('section', { class: 'card', 'aria-label': 'Events' },
        h(Live, { load: () => get(this.#path()), what: `${filter} ${live}`, every: live ? 2_000 : 3_600_000 }, (loaded) =>
          h(Loaded, { live: loaded, isEmpty: ({ events }) => events.length === 0, empty: h(None, { filtered: filter !== '' }) }, (newest) => {
            const shown = older ?? newest;
            return h(Fragment, null,
              h(Events, { events: shown.events, fresh: this.#fresh(shown.events) }),
              older?.problem && h('p', { class: 'problem more', role: 'alert' }, older.problem),
              shown.next && h('div', { class: 'more' }, h('button', { class: 'button', onClick: () => this.#loadOlder(newest) }, 'Load older')));
          }))));
  }
}

function None({ filtered }) {
  return filtered
    ? h(Notice, { title: 'No event is like that' }, 'Ask for less: a pattern such as status_* finds more than a whole type.')
    : h(Notice, { title: 'No events yet' }, 'Publish one, for example with ', h('code', null, './ajbus publish status_change --data \'{}\''), '.');
}

function Events({ events, fresh }) {
  return h('table', { class: 'table cards' },
    h('thead', null, h('tr', null, ['Time', 'Event', 'Topic', 'Lane', 'Delivered', 'Status'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, events.map((event) => h('tr', { key: event.event_id, class: fresh.has(event.event_id) ? 'fresh' : '' },
      h('td', { class: 'number nowrap soft' }, time(event.created_at)),
      h('td', { class: 'wide first' },
        h('button', { class: 'row-link', onClick: () => set({ event: event.event_id }) }, event.event_type),
        h('span', { class: 'soft small' }, '  ', event.source)),
      h('td', { class: 'nowrap minor' }, event.topic),
      h('td', { class: 'nowrap minor' }, h('span', { class: 'tag' }, event.priority), ' ', h('span', { class: 'soft' }, event.lane)),
      h('td', { class: 'number' }, event.dispatched_to === 0 ? '–' : `${event.delivery_success} / ${event.dispatched_to}`),
      h('td', null, h('span', { class: `badge ${statusKinds[event.status]}` }, words(event.status)))))));
}
