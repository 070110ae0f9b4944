import { Component, createRef, h } from '../preact.js';
import { time } from '../format.js';
import { niceTop, ticks } from './scale.js';

const height = 168;
const edge = { top: 8, right: 8, bottom: 22, left: 52 };

/**
 * Lines over time. `times`: when each step begins, ISO; `series`: `[{ name, values, area }]`, null where there is nothing
 * to measure; `format` writes a value; `top`, if there is one, is the value at the top. The arrow keys and the pointer
 * choose the step whose values the legend shows, else it shows the last that is over.
 */
export class Chart extends Component {
  state = { width: 0, at: null };
  #box = createRef();
  #observer = new ResizeObserver(([entry]) => this.setState({ width: Math.floor(entry.contentRect.width) }));

  componentDidMount() {
    this.#observer.observe(this.#box.current);
  }

  componentWillUnmount() {
    this.#observer.disconnect();
  }

  #choose = (at) => this.setState({ at });

  #key = (event) => {
    const last = this.props.times.length - 1;
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.#choose(Math.min(last, Math.max(0, (this.state.at ?? last) + move)));
  };

  #point = (event) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - edge.left;
    const last = this.props.times.length - 1;
    const share = x / (this.state.width - edge.left - edge.right);
    this.#choose(Math.min(last, Math.max(0, Math.round(share * last))));
  };

  render({ name, times, series, format, top }, { width, at }) {
    const last = times.length - 1;
    const chosen = Math.min(at ?? last - 1, last);
    const most = top ?? niceTop(Math.max(0, ...series.flatMap(({ values }) => values.filter((value) => value !== null))));
    const x = (step) => edge.left + (step / Math.max(1, last)) * (width - edge.left - edge.right);
    const y = (value) => edge.top + (1 - value / most) * (height - edge.top - edge.bottom);
    return h('div', null,
      h(Legend, { series, chosen, format, when: at === null ? null : times[chosen] }),
      h('div', {
        ref: this.#box,
        class: 'chart',
        tabIndex: 0,
        role: 'img',
        'aria-label': summary(name, series, chosen, format, times[chosen]),
        onKeyDown: this.#key,
        onPointerMove: this.#point,
        onPointerLeave: () => this.#choose(null),
        onBlur: () => this.#choose(null),
      }, width > 0 && h('svg', { viewBox: `0 0 ${width} ${height}`, height, 'aria-hidden': 'true' },
        grid(width, most, y, format), labels(times, x, width),
        series.map((one, index) => h('g', { class: `c${index + 1}` }, shape(one, x, y))),
        at !== null && h('line', { class: 'cursor', x1: x(chosen), x2: x(chosen), y1: edge.top, y2: height - edge.bottom }),
        at !== null && series.map(({ values }, index) => values[chosen] !== null
          && h('circle', { class: `dot c${index + 1}`, cx: x(chosen), cy: y(values[chosen]), r: 4 })))));
  }
}

function Legend({ series, chosen, format, when }) {
  return h('ul', { class: 'legend' },
    series.map(({ name, values }, index) => h('li', { class: `c${index + 1}` }, name, ' ', h('b', null, values[chosen] === null ? '–' : format(values[chosen])))),
    when && h('li', { class: 'when' }, time(when)));
}

function summary(name, series, chosen, format, when) {
  const parts = series.map(({ name: part, values }) => `${part} ${values[chosen] === null ? 'none' : format(values[chosen])}`);
  return `${name} at ${time(when)}: ${parts.join(', ')}. Arrow keys choose another time.`;
}

function grid(width, most, y, format) {
  return ticks(most).map((value) => h('g', null,
    h('line', { class: 'grid', x1: edge.left, x2: width - edge.right, y1: Math.round(y(value)), y2: Math.round(y(value)) }),
    h('text', { x: edge.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, format(value))));
}

function labels(times, x, width) {
  const every = Math.max(1, Math.ceil(times.length / Math.max(2, Math.floor(width / 110))));
  const days = new Date(times.at(-1)) - new Date(times[0]) > 36 * 3_600_000;
  const options = days ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit' };
  return times.map((iso, step) => step % every === 0 && h('text', {
    x: x(step), y: height - 4, 'text-anchor': step === 0 ? 'start' : x(step) > width - 24 ? 'end' : 'middle',
  }, new Date(iso).toLocaleString('en-GB', options)));
}

/** Each run of values is a line of its own; a value alone is a dot. The last step goes on still: its line is dashed. */
function shape({ values, area }, x, y) {
  const runs = [];
  values.forEach((value, step) => {
    if (value === null) return;
    if (step > 0 && values[step - 1] !== null) runs.at(-1).push([x(step), y(value)]);
    else runs.push([[x(step), y(value)]]);
  });
  const end = values.length - 1;
  return runs.map((run) => {
    if (run.length === 1) return h('circle', { class: 'dot', cx: run[0][0], cy: run[0][1], r: 3.5 });
    return [
      area && h('path', { class: 'area', d: `${path(run)}L${run.at(-1)[0]} ${y(0)}L${run[0][0]} ${y(0)}Z` }),
      h('path', { class: 'line', d: path(run.at(-1)[0] === x(end) ? run.slice(0, -1) : run) }),
      run.at(-1)[0] === x(end) && h('path', { class: 'line so-far', d: path(run.slice(-2)) }),
    ];
  });
}

const path = (points) => `M${points.map(([left, up]) => `${left.toFixed(1)} ${up.toFixed(1)}`).join('L')}`;
