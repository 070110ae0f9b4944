import { Component, Fragment, h } from '../preact.js';
import { get, put, remove } from '../api.js';
import { Live } from '../live.js';
import { Head } from '../parts/head.js';
import { Loaded } from '../parts/states.js';
import { toast } from '../parts/toasts.js';

const about = {
  sampling: ['Sampling', 'The share of events that is kept, by the beginning of their names: 0 to 1.'],
  priorities: ['Priorities', 'The priority of events, by the beginning of their names; a forced one counts though the event has its own.'],
  'time-to-live': ['Time to live', 'How long after they were taken in events are still delivered, by priority. P0 has no end.'],
  'retry-waits': ['Retries', 'How long to wait before each further attempt, by priority.'],
};

/** The settings that are in force, and changing them. */
export function Settings() {
  return h(Fragment, null,
    h(Head, { title: 'Settings', about: 'In force at every router and dispatcher within a second of saving' }),
    h(Live, { load: () => get('/settings'), every: 5_000 }, (live) => h(Loaded, { live }, (settings) =>
      h('div', { class: 'settings' }, Object.entries(settings).map(([key, value]) => h(Setting, { key, name: key, value, refresh: live.refresh }))))));
}

/** JSON with a line for each entry. */
function written(value) {
  const lines = Object.entries(value).map(([key, entry]) => `  ${JSON.stringify(key)}: ${JSON.stringify(entry)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
}

class Setting extends Component {
  /** null: what is in force; text: what was typed and not saved. */
  state = { text: null, problem: null };

  #save = async (event) => {
    event.preventDefault();
    let value;
    try {
      value = JSON.parse(this.state.text);
    } catch (error) {
      this.setState({ problem: `Expected JSON, got: ${error.message}` });
      return;
    }
    await this.#change(() => put(`/settings/${this.props.name}`, value), 'Saved: it is in force.');
  };

  #reset = () => this.#change(() => remove(`/settings/${this.props.name}`), 'The default is in force again.');

  async #change(act, done) {
    try {
      await act();
      await this.props.refresh();
      this.setState({ text: null, problem: null });
      toast(done);
    } catch (error) {
      this.setState({ problem: error.message });
    }
  }

  render({ name, value }, { text, problem }) {
    const [title, sentence] = about[name] ?? [name, ''];
    const shown = text ?? written(value);
    return h('section', { class: 'card' }, h('header', null, h('h2', null, title)),
      h('form', { class: 'body', onSubmit: this.#save },
        h('p', { class: 'soft small', id: `about-${name}` }, sentence),
        h('textarea', {
          name, value: shown, rows: Math.min(16, Math.max(6, shown.split('\n').length)), spellcheck: false,
          'aria-label': title, 'aria-describedby': `about-${name}`, 'aria-invalid': problem !== null,
          onInput: (event) => this.setState({ text: event.currentTarget.value, problem: null }),
        }),
        problem && h('p', { class: 'problem', role: 'alert' }, problem),
        h('div', { class: 'dialog-end' },
          h('button', { class: 'button plain', type: 'button', onClick: this.#reset }, 'Back to the default'),
          text !== null && h('button', { class: 'button', type: 'button', onClick: () => this.setState({ text: null, problem: null }) }, 'Discard'),
          h('button', { class: 'button primary', disabled: text === null || text === written(value) }, 'Save'))));
  }
}
