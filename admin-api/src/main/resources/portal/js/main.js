import { h, render } from './preact.js';
import { App } from './app.js';
import { applyTheme } from './theme.js';

applyTheme();
render(h(App), document.getElementById('app'));
