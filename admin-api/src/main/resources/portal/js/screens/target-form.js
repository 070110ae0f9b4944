import { Component, h } from '../preact.js';
import { patch, post } from '../api.js';
import { Copy } from '../parts/copy.js';
import { Dialog } from '../parts/dialog.js';
import { toast } from '../parts/toasts.js';
import { MalformedField, changesOf, initial, sections } from './target-fields.js';

const checkAfter = 250;

/** Makes a target or changes one. What is typed is checked by the API as it would be saved. */
export class TargetForm extends Component {
  state = { values: initial(this.props.target), touched: false, problem: null, busy: false };
  #timer;
  #turn = 0;

  componentWillUnmount() {
    clearTimeout(this.#timer);
    this.#turn = -1;
  }

  #set = (name, value) => {
    this.setState(({ values }) => ({ values: { ...values, [name]: value }, touched: true }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#check, checkAfter);
  };

  #path = (end = '') => `/targets${this.props.target ? `/${encodeURIComponent(this.props.target.id)}` : ''}${end}`;

  /** Only the last check counts: an older one may be answered later. */
  #check = async () => {
    const turn = ++this.#turn;
    try {
      const { problem } = await post(this.#path('/check'), changesOf(this.state.values, this.props.target));
      if (turn === this.#turn) this.setState({ problem });
    } catch (error) {
      if (turn === this.#turn && error instanceof MalformedField) this.setState({ problem: error.message });
    }
  };

  #save = async (event) => {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#turn++;
    this.setState({ busy: true, problem: null });
    try {
      const changes = changesOf(this.state.values, this.props.target);
      const saved = await (this.props.target ? patch : post)(this.#path(), changes);
      toast(this.props.target ? 'Saved: it is in force.' : 'The target is made: events from now on reach it.');
      this.props.onSaved(saved);
    } catch (error) {
      this.setState({ busy: false, problem: error.message });
    }
  };

  render({ target, onClose }, { values, problem, busy }) {
    const named = Object.values(sections).flat().map(({ name }) => name).find((name) => problem?.startsWith(`${name}:`) || problem?.startsWith(`${name}.`));
    const fields = (section) => sections[section].map((field) =>
      h(Field, { key: field.name, field, value: values[field.name], problem: field.name === named ? problem : null, onSet: this.#set }));
    return h(Dialog, { title: target ? 'Edit target' : 'New target', about: target?.id, onClose },
      h('form', { class: 'section', onSubmit: this.#save, noValidate: true },
        h('div', { class: 'form-grid' }, fields('main')),
        h('details', { class: 'options', open: sections.more.some(({ name }) => name === named) },
          h('summary', null, 'More: limits, filter, headers'), h('div', { class: 'form-grid' }, fields('more'))),
        h('p', { class: 'problem', role: 'alert' }, problem && !named ? problem : null),
        h('div', { class: 'dialog-end' },
          h('button', { class: 'button', type: 'button', onClick: onClose }, 'Cancel'),
          h('button', { class: 'button primary', disabled: busy }, target ? 'Save' : 'Make the target'))));
  }
}

function Field({ field, value, problem, onSet }) {
  const { name, label, hint, kind, broad, options } = field;
  const input = {
    name, value, 'aria-invalid': problem !== null, 'aria-describedby': `about-${name}`, autocomplete: 'off', spellcheck: false,
    onInput: (event) => onSet(name, event.currentTarget.value),
  };
  if (kind === 'check') {
    return h('label', { class: 'check' }, h('input', { type: 'checkbox', name, checked: value, onChange: (event) => onSet(name, event.currentTarget.checked) }), label);
  }
  return h('label', { class: `field ${broad ? 'broad' : ''}` }, h('span', null, label),
    kind === 'lines' || kind === 'json' || kind === 'headers' ? h('textarea', { ...input, rows: 3 })
      : kind === 'choice' ? h('select', input, options.map((option) => h('option', { value: option, selected: option === value }, option)))
        : h('input', { ...input, type: kind === 'secret' ? 'password' : 'text', autocomplete: kind === 'secret' ? 'new-password' : 'off' }),
    h('small', { id: `about-${name}` }, problem ? h('span', { class: 'problem', role: 'alert' }, problem) : hint));
}

/** The secret that was made for a target: shown this once. */
export function MadeSecret({ target, onClose }) {
  return h(Dialog, { title: 'The secret of the new target', onClose },
    h('p', null, 'Give it to the receiver, which verifies with it that events come from here. It is shown this once and cannot be asked for again.'),
    h('div', { class: 'block row' }, h('code', { class: 'secret' }, target.secret), h(Copy, { text: target.secret, what: 'the secret' })),
    h('div', { class: 'dialog-end' }, h('button', { class: 'button primary', onClick: onClose }, 'I have kept it')));
}
