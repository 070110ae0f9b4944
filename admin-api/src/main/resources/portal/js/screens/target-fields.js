/** The fields of a target's form; `kind` says how text becomes JSON. */
export const sections = {
  main: [
    { name: 'url', label: 'URL', hint: 'Events are posted here. https, unless plain http is allowed below.', broad: true },
    { name: 'description', label: 'Description', hint: 'For people.', broad: true },
    { name: 'events', label: 'Events', hint: 'Patterns over types and names, one a line, such as status_*. Empty: every event.', kind: 'lines', broad: true },
    { name: 'secret', label: 'Secret', hint: 'At least 32 characters. Empty: the one it has; for a new target the shared one, or one is made.', kind: 'secret', broad: true },
    { name: 'active', label: 'Active', kind: 'check' },
    { name: 'allow_http', label: 'Allow plain http', kind: 'check' },
  ],
  more: [
    { name: 'timeout', label: 'Deadline of an attempt', hint: '1s to 30s. Empty: the deployment’s.' },
    { name: 'retry', label: 'Retries', hint: 'Extended: ten attempts over three days.', kind: 'choice', options: ['standard', 'extended'] },
    { name: 'rate_per_second', label: 'Most requests a second', hint: 'Empty: no limit.', kind: 'number' },
    { name: 'max_in_flight', label: 'Most requests at once', hint: 'Empty: what the target takes well.', kind: 'number' },
    { name: 'filter', label: 'Filter', hint: 'JSON, such as {"payload.amount": {"$gte": 100}}. Empty: all bodies.', kind: 'json', broad: true },
    { name: 'headers', label: 'Request headers', hint: 'Name: value, one a line. **** stays as it is.', kind: 'headers', broad: true },
  ],
};

const fields = Object.values(sections).flat();

/** What was typed cannot be sent: the message names the field, as the API's do. */
export class MalformedField extends Error {}

/** The form's values of a target, or of a new one. */
export function initial(target) {
  const { active = true, allow_http: allowHttp = false, retry = 'standard', ...rest } = target ?? {};
  return Object.fromEntries(fields.map(({ name, kind }) => [name, toText({ ...rest, active, allow_http: allowHttp, retry }[name], kind)]));
}

function toText(value, kind) {
  if (kind === 'check') return value;
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return value.join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  if (kind === 'headers') return Object.entries(value).map(([name, text]) => `${name}: ${text}`).join('\n');
  return String(value);
}

/** What the form changes about a target; of a new one, what was filled in. */
export function changesOf(values, target) {
  const before = initial(target);
  const changed = fields.filter(({ name }) => values[name] !== before[name] || (target === null && name === 'url'));
  return Object.fromEntries(changed.map((field) => [field.name, toJson(field, values[field.name], before[field.name])]));
}

const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

function toJson({ name, kind }, value, before) {
  if (kind === 'lines') return lines(value);
  if (kind === 'headers') return headers(lines(value), lines(before));
  if (value === '' && name !== 'url') return null;
  if (kind === 'number') return Number.isFinite(Number(value)) ? Number(value) : value;
  return kind === 'json' ? parsed(name, value) : value;
}

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MalformedField(`${name}: expected JSON, got: ${error.message}`);
  }
}

const pair = (line) => [line.split(':', 1)[0].trim(), line.slice(line.indexOf(':') + 1).trim()];

/** Headers are set one by one: those that are gone are null, those that were not touched are left out. */
function headers(given, before) {
  const bad = given.find((line) => !line.includes(':'));
  if (bad) throw new MalformedField(`headers: expected Name: value, got ${bad}`);
  const removed = before.map((line) => [pair(line)[0], null]);
  const kept = new Set(before);
  const all = { ...Object.fromEntries(removed), ...Object.fromEntries(given.map(pair)) };
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => !kept.has(`${name}: ${value}`)));
}
