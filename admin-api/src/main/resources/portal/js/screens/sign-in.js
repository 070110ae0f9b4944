import { Component, createRef, h } from '../preact.js';
import { signIn } from '../api.js';

export class SignIn extends Component {
  state = { busy: false, problem: null };
  #key = createRef();

  componentDidMount() {
    document.title = 'Sign in · AJ Event Bus';
    this.#key.current.focus();
  }

  #submit = async (event) => {
    event.preventDefault();
    this.setState({ busy: true, problem: null });
    try {
      await signIn(this.#key.current.value);
    } catch (error) {
      this.setState({ busy: false, problem: error.message });
      this.#key.current.focus();
    }
  };

  render(props, { busy, problem }) {
    return h('main', { class: 'sign-in' }, h('form', { onSubmit: this.#submit },
      h('div', { class: 'brand' }, h('img', { src: '/portal/admin/events/files/favicon.svg', alt: '' }), 'AJ Event Bus'),
      h('div', null, h('h1', null, 'Sign in'), h('p', { class: 'soft small' }, 'With the admin key of this bus.')),
      h('label', { class: 'field' }, h('span', null, 'Admin key'),
        h('input', { ref: this.#key, type: 'password', name: 'key', autocomplete: 'current-password', required: true, 'aria-invalid': problem !== null, 'aria-describedby': 'sign-in-problem' })),
      h('p', { class: 'problem', id: 'sign-in-problem', role: 'alert', hidden: problem === null }, problem),
      h('button', { class: 'button primary', disabled: busy }, busy ? 'One moment…' : 'Sign in')));
  }
}
