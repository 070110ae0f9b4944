import { Component } from './preact.js';
import { passes } from './api.js';

const soon = 2_000;

/**
 * Loads, shows, and loads again: `load()` every `every` ms and at once when `what` changes. Its one child draws
 * `{ data, error, refresh }`; what was loaded stays while the server is away.
 */
export class Live extends Component {
  state = { data: null, error: null };
  #turn = 0;
  #timer;

  componentDidMount() {
    this.refresh();
    document.addEventListener('visibilitychange', this.#seen);
  }

  componentDidUpdate(before) {
    if (before.what !== this.props.what) this.refresh();
  }

  componentWillUnmount() {
    this.#turn = -1;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  refresh = async () => {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    let state;
    try {
      state = { data: await this.props.load(), error: null };
    } catch (error) {
      state = { error };
    }
    if (turn !== this.#turn) return;
    this.setState(state);
    const wait = state.error && passes(state.error) ? soon : this.props.every ?? soon;
    if (!document.hidden) this.#timer = setTimeout(this.refresh, wait);
  };

  #seen = () => {
    if (!document.hidden) this.refresh();
  };

  render({ children }, { data, error }) {
    return children({ data, error, refresh: this.refresh });
  }
}
