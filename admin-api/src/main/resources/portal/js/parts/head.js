import { h } from '../preact.js';

/** The head of a screen: its name, a line about it, and what can be done. */
export function Head({ title, about, children }) {
  return h('div', { class: 'head' }, h('div', null, h('h1', null, title), about && h('p', null, about)), children);
}
