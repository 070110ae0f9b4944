import { h } from '../preact.js';

/** Paths in a square of 24. */
const paths = {
  overview: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  timeline: 'M4 6h16M4 12h16M4 18h10',
  targets: 'M12 12h.01M12 7a5 5 0 1 0 5 5M12 3a9 9 0 1 0 9 9M15 9l6-6',
  'dead-letters': 'M4 6h16v12H4zM4 7l8 6 8-6',
  replays: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v5h5',
  quarantine: 'M12 3l8 3v6c0 4.5-3.2 7.6-8 9-4.8-1.4-8-4.5-8-9V6zM12 9v4M12 16h.01',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.6l.7.7M17.7 17.7l.7.7M5.6 18.4l.7-.7M17.7 6.3l.7-.7',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5',
  leave: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l11 7-11 7z',
};

export const icon = (name) => h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d: paths[name] }));
