import { Component, Fragment, h } from '../preact.js';
import { get, getText, passes } from '../api.js';
import { time, words } from '../format.js';
import { Live } from '../live.js';
import { Copy } from '../parts/copy.js';
import { Dialog } from '../parts/dialog.js';
import { icon } from '../parts/icons.js';
import { Tree, parseExactly } from '../parts/json.js';
import { Loaded } from '../parts/states.js';
import { set } from '../route.js';
import { Pairs } from './deliveries.js';
import { ReplayEvent } from './replay-event.js';
import { statusKinds } from './timeline.js';

const close = () => set({ event: undefined });

/** One event: what is in it, what happened to it, and sending it again. */
export class EventDrawer extends Component {
  state = { replaying: null };

  #load = async () => {
    const path = `/events/${encodeURIComponent(this.props.id)}`;
    const [text, { deliveries }, { targets }] = await Promise.all([getText(path), get(`${path}/deliveries`), get('/targets')]);
    return { event: parseExactly(text), deliveries, targets };
  };

  render({ id }, { replaying }) {
    return h(Live, { load: this.#load, what: id }, (live) => {
      const { event } = live.data ?? {};
      return h(Dialog, { title: event?.event_type ?? 'Event', about: h('span', { class: 'mono' }, id), shape: 'drawer', onClose: close },
        h(Loaded, { live }, (data) => h(Details, { ...data, onReplay: (target) => this.setState({ replaying: { target } }) })),
        replaying && h(ReplayEvent, { id, target: replaying.target, onClose: () => this.setState({ replaying: null }), onDone: live.refresh }),
        live.error && passes(live.error) && h('p', { class: 'problem', role: 'status' }, 'Reconnecting…'));
    });
  }
}

function Details({ event, deliveries, targets, onReplay }) {
  return h(Fragment, null,
    h('div', { class: 'row' },
      h('span', { class: `badge ${statusKinds[event.status]}` }, words(event.status)),
      h('span', { class: 'tag' }, event.priority), h('span', { class: 'soft small' }, `${event.lane} lane`)),
    h('dl', { class: 'facts' },
      fact('Topic', event.topic), fact('Source', event.source ?? '–'), fact('Taken in', time(event.created_at)),
      fact('Its own time', time(event.timestamp)), fact('Targets', event.dispatched_to === 0 ? '–' : `${event.delivery_success} reached, ${event.delivery_failed} given up, of ${event.dispatched_to}`)),
    h(Section, { title: 'Deliveries', end: h('button', { class: 'button tight', onClick: () => onReplay(null) }, icon('replays'), 'Replay') },
      h(Pairs, { deliveries, targets, onReplay })),
    h(Section, { title: 'Payload', end: h(Copy, { text: JSON.stringify(event.payload, exact, 2), what: 'the payload' }) },
      h('div', { class: 'block' }, h(Tree, { value: event.payload }))),
    h(Section, { title: 'Metadata' }, h('div', { class: 'block' }, h(Tree, { value: event.metadata }))),
    h(Section, { title: 'From a shell', end: h(Copy, { text: curl(event), what: 'the command' }) }, h('pre', { class: 'block' }, curl(event))));
}

const fact = (name, value) => [h('dt', null, name), h('dd', null, value)];

/** What the tree keeps exactly, JSON.stringify writes as it was where the browser can. */
const exact = (key, value) => (value?.text !== undefined && value.constructor !== Object ? JSON.rawJSON?.(value.text) ?? Number(value.text) : value);

const curl = (event) => [
  `curl -X POST -H "admin-key: $ADMIN_KEY" -H 'Content-Type: application/json' \\`,
  `  '${location.origin}/api/admin/event-bus/replay' \\`,
  `  -d '${JSON.stringify({ eventId: event.event_id }).replaceAll("'", "'\\''")}'`,
].join('\n');

function Section({ title, end, children }) {
  return h('section', { class: 'section' }, h('header', null, h('h3', null, title), end), children);
}
