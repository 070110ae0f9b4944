import { h } from '../preact.js';
import { post } from '../api.js';
import { Confirm } from '../parts/dialog.js';
import { toast } from '../parts/toasts.js';

/** Sends one event again: to one target, or to all that want it. */
export function ReplayEvent({ id, target, onClose, onDone }) {
  const act = async () => {
    const { targets } = await post('/replay', { eventId: id, ...(target && { targetUrl: target.url }) });
    toast(targets.length === 0 ? 'No target wants this event: nothing is sent.' : `Replay to ${targets.length} target${targets.length === 1 ? '' : 's'} is on its way.`);
    onDone();
  };
  return h(Confirm, { title: target ? 'Replay to this target?' : 'Replay this event?', label: 'Replay', act, onClose },
    h('p', null, target ? `The event goes to ${target.url} once more, whatever that target filters.` : 'The event goes once more to every target that wants it.'),
    h('p', { class: 'soft small' }, 'Receivers know it by its webhook-id, which stays the same.'));
}
