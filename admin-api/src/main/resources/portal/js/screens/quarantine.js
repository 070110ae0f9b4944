import { Component, Fragment, h } from '../preact.js';
import { get } from '../api.js';
import { bytes, time } from '../format.js';
import { Live } from '../live.js';
import { Copy } from '../parts/copy.js';
import { Dialog } from '../parts/dialog.js';
import { Head } from '../parts/head.js';
import { Loaded, Notice } from '../parts/states.js';
import { hexOf, textOf, toBytes } from './raw.js';

const position = ({ topic, partition, offset }) => `${topic}-${partition} @ ${offset}`;

/** Records that could not be used, and what is in them. */
export class Quarantine extends Component {
  state = { open: null, older: null };

  #older = async ({ records, next }) => {
    const more = await get(`/quarantine?cursor=${encodeURIComponent(next)}`);
    this.setState({ older: { records: [...records, ...more.records], next: more.next } });
  };

  render(props, { open, older }) {
    return h(Fragment, null,
      h(Head, { title: 'Quarantine', about: 'Records that could not be used, kept as they were' }),
      h('section', { class: 'card', 'aria-label': 'Quarantine' },
        h(Live, { load: () => get('/quarantine'), every: 5_000 }, (live) => h(Loaded, {
          live,
          isEmpty: ({ records }) => records.length === 0,
          empty: h(Notice, { title: 'Quarantine is empty' }, 'Every record so far could be read.'),
        }, (newest) => {
          const shown = older ?? newest;
          return h(Fragment, null,
            h(Records, { records: shown.records, onOpen: (record) => this.setState({ open: record }) }),
            shown.next && h('div', { class: 'more' }, h('button', { class: 'button', onClick: () => this.#older(shown) }, 'Load older')));
        }))),
      open && h(Raw, { record: open, onClose: () => this.setState({ open: null }) }));
  }
}

function Records({ records, onOpen }) {
  return h('table', { class: 'table cards' },
    h('thead', null, h('tr', null, ['Time', 'Why', 'Where', 'Refused by', 'Size'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, records.map((record) => h('tr', { key: position(record) },
      h('td', { class: 'nowrap soft' }, time(record.timestamp)),
      h('td', { class: 'wide first' }, h('button', { class: 'row-link', onClick: () => onOpen(record) }, record.reason)),
      h('td', { class: 'nowrap' }, position(record)),
      h('td', { class: 'nowrap minor' }, record.stage),
      h('td', { class: 'nowrap number minor' }, bytes(record.value_bytes))))));
}

/** What is in a record, as text or byte by byte. */
class Raw extends Component {
  state = { hex: textOf(toBytes(this.props.record.value_base64)) === null };

  render({ record, onClose }, { hex }) {
    const value = toBytes(record.value_base64);
    const key = record.key_base64 === null ? null : toBytes(record.key_base64);
    const text = textOf(value);
    return h(Dialog, { title: 'A record that could not be used', about: position(record), shape: 'drawer', onClose },
      h('p', null, record.reason),
      h('dl', { class: 'facts' },
        fact('Refused by', record.stage), fact('Appended', time(record.appended_at)), fact('Into quarantine', time(record.timestamp)),
        fact('Key', key === null ? 'none' : h('code', null, textOf(key) ?? hexOf(key))),
        fact('SHA-256', h('code', null, record.value_sha256))),
      h('section', { class: 'section' },
        h('header', null, h('h3', null, `Value, ${bytes(record.value_bytes)}`),
          h('button', { class: 'button tight', 'aria-pressed': hex, disabled: text === null, onClick: () => this.setState({ hex: !hex }) }, hex ? 'As text' : 'As bytes'),
          h(Copy, { text: record.value_base64, what: 'the value in base 64' })),
        value.length < record.value_bytes && h('p', { class: 'soft small' }, `The first ${bytes(value.length)} are kept.`),
        h('pre', { class: 'block', tabIndex: 0 }, hex ? hexOf(value) : text)));
  }
}

const fact = (name, value) => [h('dt', null, name), h('dd', null, value)];
