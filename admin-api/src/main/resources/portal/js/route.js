import { Watched } from './watched.js';

const base = '/portal/admin/events';

/** Where we are: the screen and its parameters, as the address says it. */
export const route = new Watched(read());

function read() {
  const screen = location.pathname.slice(base.length).replace(/\//g, '');
  return { screen: screen || 'overview', params: Object.fromEntries(new URLSearchParams(location.search)) };
}

/** The address of a screen; parameters that are empty are left out. */
export function address(screen, params = {}) {
  const filled = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const query = filled.length === 0 ? '' : `?${new URLSearchParams(filled)}`;
  return (screen === 'overview' ? base : `${base}/${screen}`) + query;
}

export function go(screen, params) {
  history.pushState(null, '', address(screen, params));
  route.set(read());
}

/** The same screen with some parameters changed. */
export const withParams = (changes) => ({ ...route.value.params, ...changes });
export const set = (changes) => go(route.value.screen, withParams(changes));

/** Links within the dashboard change the address alone. */
export function follow(event) {
  const link = event.target.closest?.('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.defaultPrevented;
  if (!link || !plain || link.target || !link.getAttribute('href').startsWith(base)) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  route.set(read());
}

addEventListener('popstate', () => route.set(read()));
