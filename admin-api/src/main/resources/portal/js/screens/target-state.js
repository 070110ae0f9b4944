import { ago, count, until } from '../format.js';

/** How a target fares, from what was set and what dispatchers found out: `{ kind, label, sentence }`. */
export function stateOf(target, found) {
  if (!target.active) return { kind: '', label: 'inactive', sentence: 'It matches no events until it is active again.' };
  if (target.paused) return { kind: 'warn', label: 'paused', sentence: 'Nothing is sent; its events go to the dead letters.' };
  if (found === undefined) return { kind: 'good', label: 'ready' };
  if (found.status === 'disabled' && found.target_version >= target.version) {
    return { kind: 'bad', label: 'disabled', sentence: `${found.reason}. Save the target to enable it again.` };
  }
  const parked = found.parked > 0 ? ` ${count(found.parked)} deliveries wait.` : '';
  if (found.breaker === 'open') {
    const probe = found.open_until ? ` The next probe is due ${until(found.open_until)}.` : '';
    return { kind: 'bad', label: 'failing', sentence: `Failing${since(found)}: deliveries are held back.${probe}${parked}` };
  }
  if (found.not_before && Date.parse(found.not_before) > Date.now()) {
    return { kind: 'warn', label: 'waiting', sentence: `The receiver asked to wait; it goes on ${until(found.not_before)}.${parked}` };
  }
  if (found.failing_since) return { kind: 'warn', label: 'failing', sentence: `Its last request failed${since(found)}; it is tried again.${parked}` };
  return { kind: 'good', label: 'delivering', sentence: parked.trim() };
}

const since = ({ failing_since: begin }) => (begin ? `, first ${ago(begin)}` : '');
