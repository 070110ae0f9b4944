import { Component, h } from '../preact.js';
import { get } from '../api.js';
import { fromLocal, toLocal } from '../format.js';
import { go, withParams } from '../route.js';

const times = ['from', 'until'];
export const fields = ['type', 'topic', 'status', 'priority', 'source', 'text', 'id', ...times];
const choices = { status: ['in_flight', 'unmatched', 'delivered', 'failed'], priority: ['P0', 'P1', 'P2', 'P3'] };
const names = { type: 'Type', topic: 'Topic', status: 'Status', priority: 'Priority', source: 'Source', text: 'Words in the body', id: 'Id begins with', from: 'From', until: 'Until' };
const hints = { type: 'status_*', topic: 'audit.user', source: 'status-monitor' };

/** The filters of the timeline; the address keeps them. */
export class Filters extends Component {
  state = { topics: [], wide: matchMedia('(min-width: 861px)').matches };

  componentDidMount() {
    get('/stats?window=all')
      .then(({ topicDistribution }) => this.setState({ topics: Object.keys(topicDistribution) }))
      .catch(() => {}); // they are suggestions only
  }

  #submit = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget));
    times.filter((name) => given[name]).forEach((name) => { given[name] = fromLocal(given[name]); });
    go('timeline', withParams(given));
  };

  render({ params }, { topics, wide }) {
    const active = fields.filter((name) => params[name]);
    return h('details', { class: 'card fold', open: wide || active.length > 0 },
      h('summary', null, active.length === 0 ? 'Filters' : `Filters (${active.length})`),
      h('form', { class: 'filters', onSubmit: this.#submit, 'aria-label': 'Filters' },
        fields.map((name) => h('label', { class: 'field', key: name }, h('span', null, names[name]), input(name, params[name] ?? ''))),
        h('datalist', { id: 'topics' }, topics.map((topic) => h('option', { value: topic }))),
        h('div', { class: 'filters-end' },
          h('button', { class: 'button primary' }, 'Apply'),
          active.length > 0 && h('button', { class: 'button', type: 'button', onClick: () => go('timeline', {}) }, 'Clear'))));
  }
}

function input(name, value) {
  if (name in choices) {
    return h('select', { name, value, onChange: (event) => event.currentTarget.form.requestSubmit() },
      h('option', { value: '' }, 'any'), choices[name].map((choice) => h('option', { value: choice, selected: choice === value }, choice.replaceAll('_', ' '))));
  }
  if (times.includes(name)) return h('input', { name, type: 'datetime-local', step: 1, value: value && toLocal(value) });
  return h('input', { name, value, placeholder: hints[name], list: name === 'topic' ? 'topics' : undefined, autocomplete: 'off', spellcheck: false });
}
