import { h } from '../preact.js';

/** A share of 1 as a bar. */
export function Bar({ share, label, kind = '' }) {
  const percent = Math.round(share * 100);
  return h('div', { class: `bar ${kind}`, role: 'progressbar', 'aria-label': label, 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 },
    h('svg', { 'aria-hidden': 'true' }, h('rect', { width: `${share * 100}%`, height: '100%' })));
}
