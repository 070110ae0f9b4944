import { h } from '../preact.js';
import { icon } from './icons.js';
import { toast } from './toasts.js';

/** A button that puts text on the clipboard. */
export function Copy({ text, what }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast(`Copied ${what}`);
    } catch {
      toast('The browser does not let this page use the clipboard: select the text and copy it.', 'bad');
    }
  };
  return h('button', { class: 'button plain tight', onClick: copy, 'aria-label': `Copy ${what}`, title: `Copy ${what}` }, icon('copy'));
}
