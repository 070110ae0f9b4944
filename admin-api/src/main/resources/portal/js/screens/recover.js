import { Component, h } from '../preact.js';
import { post } from '../api.js';
import { fromLocal, toLocal } from '../format.js';
import { Confirm } from '../parts/dialog.js';
import { toast } from '../parts/toasts.js';
import { go } from '../route.js';

/** Brings back to a target what failed for it since a time. */
export class Recover extends Component {
  state = { since: toLocal(this.props.letters.at(-1).timestamp) };

  #act = async () => {
    const { total } = await post('/replay', { targetId: this.props.target.id, failedSince: fromLocal(this.state.since) });
    toast(total === 0 ? 'Nothing is missing since then: all of it was delivered later.' : `${total} event${total === 1 ? '' : 's'} on the way back.`);
    go('replays');
  };

  render({ target, onClose }, { since }) {
    return h(Confirm, { title: 'Recover this target?', label: 'Recover', act: this.#act, onClose },
      h('p', null, `${target.description || target.url} gets every event that was given up since then and has not arrived since, each once.`),
      h('label', { class: 'field' }, h('span', null, 'Given up since'),
        h('input', { type: 'datetime-local', step: 1, name: 'since', value: since, onInput: (event) => this.setState({ since: event.currentTarget.value }) })),
      target.paused && h('p', { class: 'problem' }, 'The target is paused: resume it first.'));
  }
}
