import { Fragment, h } from '../preact.js';
import { get, query } from '../api.js';
import { compact, count, millis, percent } from '../format.js';
import { Live } from '../live.js';
import { Bar } from '../parts/bar.js';
import { Chart } from '../parts/chart.js';
import { Head } from '../parts/head.js';
import { Loaded } from '../parts/states.js';
import { address } from '../route.js';
import { filled } from './series.js';

/** By window: the step of its charts, and how often it is loaded. */
const windows = {
  '15m': { step: '1m', each: 'minute', every: 2_000 },
  '1h': { step: '1m', each: 'minute', every: 2_000 },
  '6h': { step: '5m', each: '5 minutes', every: 5_000 },
  '24h': { step: '15m', each: '15 minutes', every: 15_000 },
  '7d': { step: '2h', each: '2 hours', every: 60_000 },
};

export function Overview({ params }) {
  const window = params.window in windows ? params.window : '1h';
  const { step, each, every } = windows[window];
  const load = async () => {
    const [stats, health, series] = await Promise.all([
      get(`/stats${query({ window })}`), get(`/health${query({ window })}`), get(`/stats/series${query({ window, step })}`),
    ]);
    return { stats, health, points: filled(series, window, step), each };
  };
  return h(Fragment, null,
    h(Head, { title: 'Overview', about: 'What was taken in, and what became of it' }, h(Windows, { window })),
    h(Live, { load, every, what: window }, (live) => h(Loaded, { live }, (data) => h(Figures, data))));
}

function Windows({ window }) {
  return h('nav', { class: 'choice', 'aria-label': 'Time' }, Object.keys(windows).map((one) =>
    h('a', { href: address('overview', { window: one }), 'aria-current': one === window ? 'true' : undefined }, one)));
}

function Figures({ stats, health, points, each }) {
  return h(Fragment, null,
    h(Health, health),
    h('dl', { class: 'tiles' },
      h(Tile, { name: 'Published', value: compact(stats.published) }),
      h(Tile, { name: 'Deliveries', value: compact(stats.delivered) }),
      h(Tile, { name: 'Success', value: percent(stats.successRate), kind: stats.successRate < 0.99 ? 'bad' : '' }),
      h(Tile, { name: 'Delivery time', value: millis(stats.p50DeliveryTimeMs), more: `p99 ${millis(stats.p99DeliveryTimeMs)}` })),
    h('dl', { class: 'tiles less' },
      h(Tile, { name: 'In flight', value: compact(stats.inFlight) }),
      h(Tile, { name: 'Dead letters', value: compact(stats.deadLettered), kind: stats.deadLettered > 0 ? 'bad' : '' }),
      h(Tile, { name: 'Tried again', value: compact(stats.failed) }),
      h(Tile, { name: 'Expired', value: compact(stats.expired), kind: stats.expired > 0 ? 'warn' : '' }),
      h(Tile, { name: 'Sampled out', value: compact(stats.sampledOut) }),
      h(Tile, { name: 'Quarantined', value: compact(stats.quarantined), kind: stats.quarantined > 0 ? 'warn' : '' })),
    h(Charts, { points, each }),
    h(TopicShares, stats));
}

function Tile({ name, value, more, kind = '' }) {
  return h('div', { class: `card tile ${kind}` }, h('dt', null, name), h('dd', null, value, more && h('small', null, more)));
}

const healthKinds = { healthy: 'good', degraded: 'warn', down: 'bad' };

function Health({ status, issues, strayTopics }) {
  const strays = strayTopics.map((topic) => `${topic}: nobody reads this topic, though its name looks like one to publish to`);
  const sentences = [...issues, ...strays];
  return h('section', { class: 'card health', 'aria-label': 'Health' },
    h('span', { class: `badge ${healthKinds[status]}` }, status),
    h('ul', null, sentences.length === 0 ? h('li', { class: 'soft' }, 'Everything that was taken in is on its way or has arrived.') : sentences.map((text) => h('li', null, text))));
}

function Charts({ points, each }) {
  const times = points.map(({ time }) => time);
  const values = (name) => points.map((point) => point[name]);
  const measured = (name) => points.map((point) => (point.delivered > 0 ? point[name] : null));
  const success = points.map(({ delivered, deadLettered, expired }) => {
    const ended = delivered + deadLettered + expired;
    return ended === 0 ? null : delivered / ended;
  });
  return h('div', { class: 'charts' },
    h(Panel, { title: `Throughput per ${each}`, broad: true, times, format: compact, series: [
      { name: 'Published', values: values('published'), area: true },
      { name: 'Deliveries', values: values('delivered') },
      { name: 'Tried again', values: values('failed') },
      { name: 'Dead letters', values: values('deadLettered') },
    ] }),
    h(Panel, { title: 'Success', times, format: percent, top: 1, series: [{ name: 'Delivered of what has ended', values: success, area: true }] }),
    h(Panel, { title: 'Delivery time', times, format: millis, series: [
      { name: 'p50', values: measured('p50DeliveryTimeMs'), area: true },
      { name: 'p95', values: measured('p95DeliveryTimeMs') },
      { name: 'p99', values: measured('p99DeliveryTimeMs') },
    ] }));
}

function Panel({ title, broad, ...chart }) {
  return h('section', { class: `card ${broad ? 'broad' : ''}` }, h('header', null, h('h2', null, title)),
    h('div', { class: 'body' }, h(Chart, { name: title, ...chart })));
}

function TopicShares({ topicDistribution }) {
  const topics = Object.entries(topicDistribution).sort(([, a], [, b]) => b - a);
  const [[, most] = []] = topics;
  return h('section', { class: 'card' }, h('header', null, h('h2', null, 'By topic')),
    h('div', { class: 'body' }, topics.length === 0
      ? h('p', { class: 'soft small' }, 'Nothing was published in this time.')
      : h('ul', { class: 'topics' }, topics.map(([topic, number]) => h('li', { key: topic },
        h('a', { href: address('timeline', { topic }) }, topic),
        h(Bar, { share: number / most, label: `${topic}, of the busiest topic` }),
        h('span', { class: 'number' }, count(number)))))));
}
