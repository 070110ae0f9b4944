import { Component, h } from '../preact.js';
import { Watched } from '../watched.js';

const shown = new Watched([]);
const lasts = 6_000;

/** Says something in the corner for a while. */
export function toast(text, kind = '') {
  const one = { text, kind };
  shown.set([...shown.value, one]);
  setTimeout(() => shown.set(shown.value.filter((other) => other !== one)), lasts);
}

export class Toasts extends Component {
  componentDidMount() {
    this.unwatch = shown.watch(() => this.setState({}));
  }

  componentWillUnmount() {
    this.unwatch();
  }

  render() {
    return h('div', { class: 'toasts', 'aria-live': 'polite' },
      shown.value.map(({ text, kind }) => h('div', { class: `toast ${kind}` }, text)));
  }
}
