const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayTime = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const count = (number) => whole.format(number);
export const compact = (number) => (Math.abs(number) < 10_000 ? whole.format(number) : short.format(number));

/** A share of 1; only all is 100 %. */
export function percent(share) {
  if (share === 1) return '100 %';
  return `${Math.floor(share * 10_000) / 100} %`;
}

export function millis(ms) {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(ms < 10_000 ? 2 : 1))} s`;
  return duration(ms);
}

function duration(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`;
}

export const bytes = (number) => (number < 1_024 ? `${number} B` : `${(number / 1_024).toFixed(1)} KiB`);

/** A time of today by the clock, others with their day. */
export function time(iso) {
  const date = new Date(iso);
  return (date.toDateString() === new Date().toDateString() ? clockTime : dayTime).format(date);
}

export function ago(iso) {
  const ms = Date.now() - new Date(iso);
  if (ms < 1_500) return 'just now';
  return ms < 60_000 ? `${Math.round(ms / 1_000)} s ago` : `${duration(ms)} ago`;
}

/** How long until a time, or how late it is. */
export function until(iso) {
  const ms = new Date(iso) - Date.now();
  return ms <= 0 ? 'now' : `in ${ms < 60_000 ? `${Math.ceil(ms / 1_000)} s` : duration(ms)}`;
}

/** A time for an input of type datetime-local, and back. */
export function toLocal(iso) {
  const date = new Date(iso);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
export const fromLocal = (text) => new Date(text).toISOString();

/** `dead_lettered` for people. */
export const words = (label) => label.replaceAll('_', ' ');
