import { Component, createRef, h } from './preact.js';
import { askSession, reachable, signOut, signedIn } from './api.js';
import { icon } from './parts/icons.js';
import { Toasts, toast } from './parts/toasts.js';
import { address, follow, route } from './route.js';
import { DeadLetters } from './screens/dead-letters.js';
import { EventDrawer } from './screens/event.js';
import { Overview } from './screens/overview.js';
import { Quarantine } from './screens/quarantine.js';
import { Replays } from './screens/replays.js';
import { Settings } from './screens/settings.js';
import { SignIn } from './screens/sign-in.js';
import { Targets } from './screens/targets.js';
import { Timeline } from './screens/timeline.js';
import { isDark, toggleTheme } from './theme.js';
import { Notice } from './parts/states.js';

const screens = {
  overview: ['Overview', Overview],
  timeline: ['Timeline', Timeline],
  targets: ['Targets', Targets],
  'dead-letters': ['Dead letters', DeadLetters],
  replays: ['Replays', Replays],
  quarantine: ['Quarantine', Quarantine],
  settings: ['Settings', Settings],
};

/** The whole page: signed in or not, and the screen that the address names. */
export class App extends Component {
  componentDidMount() {
    const draw = () => this.setState({});
    [route, signedIn, reachable].forEach((watched) => watched.watch(draw));
    askSession();
  }

  render() {
    if (signedIn.value === null) return reachable.value ? null : h(Offline);
    if (!signedIn.value) return h(SignIn);
    const { screen, params } = route.value;
    const [name, Screen] = screens[screen] ?? ['No such page', Unknown];
    document.title = `${name} · AJ Event Bus`;
    return h('div', { class: 'frame', onClick: follow },
      h(Side, { screen }),
      h('main', { class: 'main', id: 'main' }, h('div', { class: 'content' },
        !reachable.value && h(Offline),
        h(Screen, { key: screen, params }))),
      params.event && h(EventDrawer, { key: params.event, id: params.event }),
      h(Toasts));
  }
}

function Offline() {
  return h('div', { class: 'offline', role: 'status' }, 'Reconnecting: the admin API does not answer. What you see may be old.');
}

function Unknown() {
  return h('div', { class: 'card' }, h(Notice, { title: 'There is no such page' }, 'The navigation has those there are.'));
}

class Side extends Component {
  #nav = createRef();

  componentDidMount() {
    this.componentDidUpdate({});
  }

  /** On a phone the navigation is wider than the screen. */
  componentDidUpdate({ screen }) {
    if (screen !== this.props.screen) this.#nav.current.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }

  render({ screen }) {
    return h('header', { class: 'side' },
      h('a', { class: 'brand', href: address('overview') }, h('img', { src: '/portal/admin/events/files/favicon.svg', alt: '' }), 'AJ Event Bus'),
      h('nav', { ref: this.#nav, 'aria-label': 'Screens' }, h('ul', { class: 'nav' }, Object.entries(screens).map(([id, [name]]) =>
        h('li', { key: id }, h('a', { href: address(id), 'aria-current': id === screen ? 'page' : undefined }, icon(id), name))))),
      h('div', { class: 'side-end' },
        h('button', { class: 'button plain', onClick: () => { toggleTheme(); this.setState({}); }, 'aria-label': isDark() ? 'Light colours' : 'Dark colours' },
          icon(isDark() ? 'sun' : 'moon')),
        h('button', { class: 'button plain', onClick: leave, 'aria-label': 'Sign out' }, icon('leave'), h('span', null, 'Sign out'))));
  }
}

async function leave() {
  try {
    await signOut();
  } catch (error) {
    toast(error.message, 'bad');
  }
}
