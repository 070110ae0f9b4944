import { h } from '../preact.js';

/** A place that has nothing to show, and why. */
export function Notice({ title, kind = '', children }) {
  return h('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : undefined }, h('strong', null, title), children);
}

/** Something is on its way. */
export function Loading() {
  return h('div', { class: 'bones', role: 'status' }, h('span', { class: 'unseen' }, 'Loading'), h('i'), h('i'), h('i'));
}

/** What was loaded, or what there is to say instead. `children` draws the data. */
export function Loaded({ live, isEmpty = () => false, empty, children }) {
  const { data, error, refresh } = live;
  if (data === null && error === null) return h(Loading);
  if (data === null || (error !== null && error.status >= 400 && error.status < 500)) {
    return h(Notice, { title: 'This could not be loaded', kind: 'bad' }, error.message, h('div', null,
      h('button', { class: 'button', onClick: refresh }, 'Try again')));
  }
  return isEmpty(data) ? empty : children(data);
}
