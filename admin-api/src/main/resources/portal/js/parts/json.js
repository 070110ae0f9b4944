import { h } from '../preact.js';

const openLevels = 3;

/** A number that JavaScript would change: kept as it was written. */
class ExactNumber {
  constructor(text) {
    this.text = text;
  }
}

/** JSON as it stands: numbers keep all their digits where the browser tells their text. */
export function parseExactly(text) {
  return JSON.parse(text, (key, value, context) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source ? new ExactNumber(context.source) : value);
}

/** JSON as a tree that opens and closes. */
export function Tree({ value }) {
  return h('div', { class: 'tree' }, node(undefined, value, 0));
}

function node(key, value, level) {
  const label = key === undefined ? null : [h('span', { class: 'key' }, key), ': '];
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) return h('div', null, label, leaf(value));
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (entries.length === 0) return h('div', null, label, open, close);
  return h('details', { open: level < openLevels },
    h('summary', null, label, open, h('span', { class: 'soft' }, ` ${entries.length} `), close),
    h('ul', null, entries.map(([name, item]) => h('li', { key: name }, node(String(name), item, level + 1)))));
}

function leaf(value) {
  if (typeof value === 'string') return h('span', { class: 'text' }, JSON.stringify(value));
  return h('span', { class: 'plain' }, value instanceof ExactNumber ? value.text : String(value));
}
