import { Component, createRef, h } from '../preact.js';
import { icon } from './icons.js';

/** A window over the page, `box` or `drawer`: the browser keeps the focus in it, Esc and a click beside it close it. */
export class Dialog extends Component {
  #ref = createRef();

  componentDidMount() {
    this.#ref.current.showModal();
  }

  render({ title, about, shape = 'box', onClose, children }) {
    return h('dialog', {
      ref: this.#ref,
      class: shape,
      'aria-label': title,
      onClose,
      onMouseDown: (event) => event.target === event.currentTarget && onClose(),
    },
    h('div', { class: 'dialog-head' },
      h('div', null, h('h2', null, title), about && h('div', { class: 'soft small' }, about)),
      h('button', { class: 'button plain tight', onClick: onClose, 'aria-label': 'Close' }, icon('close'))),
    h('div', { class: 'dialog-body' }, children));
  }
}

/** Asks before something is done; `act` does it, what it throws is said here. */
export class Confirm extends Component {
  state = { busy: false, problem: null };

  #act = async () => {
    this.setState({ busy: true, problem: null });
    try {
      await this.props.act();
      this.props.onClose();
    } catch (error) {
      this.setState({ busy: false, problem: error.message });
    }
  };

  render({ title, label, kind = '', onClose, children }, { busy, problem }) {
    return h(Dialog, { title, onClose }, children,
      problem && h('p', { class: 'problem', role: 'alert' }, problem),
      h('div', { class: 'dialog-end' },
        h('button', { class: 'button', onClick: onClose }, 'Cancel'),
        h('button', { class: `button primary ${kind}`, disabled: busy, onClick: this.#act }, busy ? 'One moment…' : label)));
  }
}
