import { Component, Fragment, h } from '../preact.js';
import { get, patch, remove } from '../api.js';
import { Live } from '../live.js';
import { Confirm } from '../parts/dialog.js';
import { Head } from '../parts/head.js';
import { icon } from '../parts/icons.js';
import { Loaded, Notice } from '../parts/states.js';
import { toast } from '../parts/toasts.js';
import { address } from '../route.js';
import { MadeSecret, TargetForm } from './target-form.js';
import { stateOf } from './target-state.js';

async function load() {
  const [{ targets }, { states }] = await Promise.all([get('/targets'), get('/target-states')]);
  return targets.map((target) => ({ ...target, state: stateOf(target, states[target.id]) }));
}

/** The targets: how each fares, and what can be done about it. */
export class Targets extends Component {
  state = { open: null };

  #open = (kind, target) => this.setState({ open: { kind, target } });
  #close = () => this.setState({ open: null });

  render(props, { open }) {
    return h(Live, { load }, (live) => h(Fragment, null,
      h(Head, { title: 'Targets', about: 'Where events are delivered to' },
        h('button', { class: 'button primary', onClick: () => this.#open('form', null) }, icon('plus'), 'New target')),
      h('section', { class: 'card', 'aria-label': 'Targets' },
        h(Loaded, { live, isEmpty: (targets) => targets.length === 0, empty: h(Notice, { title: 'No targets yet' }, 'Events are kept, and delivered to nobody. Add the first target.') },
          (targets) => targets.map((target) => h(Target, { key: target.id, target, onOpen: this.#open, refresh: live.refresh })))),
      open && this.#dialog(open, live.refresh)));
  }

  #dialog({ kind, target }, refresh) {
    if (kind === 'secret') return h(MadeSecret, { target, onClose: this.#close });
    if (kind === 'delete') return h(Delete, { target, onClose: this.#close, refresh });
    const onSaved = (saved) => {
      refresh();
      if (saved.secret) this.#open('secret', saved);
      else this.#close();
    };
    return h(TargetForm, { target, onClose: this.#close, onSaved });
  }
}

function Target({ target, onOpen, refresh }) {
  const pause = async () => {
    try {
      await patch(`/targets/${encodeURIComponent(target.id)}`, { paused: !target.paused });
      toast(target.paused ? 'The target gets events again.' : 'Nothing is sent to the target now: its events go to the dead letters.');
      refresh();
    } catch (error) {
      toast(error.message, 'bad');
    }
  };
  const { kind, label, sentence } = target.state;
  const name = target.description || target.url;
  return h('article', { class: 'target', 'aria-label': name },
    h('div', null,
      h('div', { class: 'row' }, h('h2', null, name), h('span', { class: `badge ${kind}` }, label)),
      target.description && h('p', { class: 'soft small mono' }, target.url),
      sentence && h('p', { class: 'small' }, sentence),
      h('div', { class: 'row small' }, patterns(target.events), limits(target).map((text) => h('span', { class: 'soft' }, text)))),
    h('div', { class: 'row' },
      h('a', { class: 'button tight plain', href: address('dead-letters', { target: target.id }) }, 'Dead letters'),
      h('button', { class: 'button tight', onClick: pause }, target.paused ? 'Resume' : 'Pause'),
      h('button', { class: 'button tight', onClick: () => onOpen('form', target) }, 'Edit'),
      h('button', { class: 'button tight danger', onClick: () => onOpen('delete', target) }, 'Delete')));
}

const mostPatterns = 6;

function patterns(events) {
  if (events.length === 0) return h('span', { class: 'tag' }, 'every event');
  const more = events.length - mostPatterns;
  return [events.slice(0, mostPatterns).map((pattern) => h('span', { class: 'tag' }, pattern)), more > 0 && h('span', { class: 'soft' }, `and ${more} more`)];
}

const limits = ({ rate_per_second: rate, max_in_flight: most, retry, filter, secret_source: secret }) => [
  rate && `at most ${rate} a second`, most && `at most ${most} at once`, retry === 'extended' && 'extended retries', filter && 'filtered',
  secret === 'shared' && 'shared secret',
].filter(Boolean);

function Delete({ target, onClose, refresh }) {
  const act = async () => {
    await remove(`/targets/${encodeURIComponent(target.id)}`);
    toast('The target is deleted.');
    refresh();
  };
  return h(Confirm, { title: 'Delete this target?', label: 'Delete', kind: 'danger', act, onClose },
    h('p', null, target.url),
    h('p', { class: 'soft small' }, 'What is on its way to it becomes dead letters. To stop deliveries for a while, pause it instead.'));
}
