import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = fileURLToPath(new URL('../target/dashboard/', import.meta.url));
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 360, height: 740 };

/** Chromium before the dashboard of a bus; what its pages complain about is kept in `complaints`. */
export class Browser {
  #chromium;
  complaints = [];

  constructor(bus) {
    this.bus = bus;
  }

  static async start(bus) {
    const browser = new Browser(bus);
    const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    browser.#chromium = await chromium.launch({ executablePath, args: flags });
    mkdirSync(pictures, { recursive: true });
    return browser;
  }

  async close() {
    await this.#chromium.close();
  }

  /** A page of its own session, at the sign-in. */
  async page({ viewport = desktop, colorScheme = 'light' } = {}) {
    const context = await this.#chromium.newContext({ viewport, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.stack));
    page.on('console', (message) => message.type() === 'error' && this.#complain(message.text()));
    await page.goto(this.address());
    return page;
  }

  async signedIn(options) {
    const page = await this.page(options);
    await page.getByLabel('Admin key').fill(this.bus.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    return page;
  }

  address(screen = '') {
    return `${this.bus.url}/portal/admin/events${screen && `/${screen}`}`;
  }

  /** What is seen fits the width, no rule of accessibility is broken badly; its picture is kept under a name. */
  async look(page, name) {
    await page.screenshot({ path: `${pictures}${name}.png` });
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(tooWide <= 0, `${name} is ${tooWide} pixels wider than the screen`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
    const bad = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
    assert.deepEqual(bad.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]) })), [], name);
  }

  /** Refusals and outages that a check provokes are told by the page itself, and by the browser besides. */
  #complain(text) {
    if (!/^Failed to load resource: /.test(text)) this.complaints.push(text);
  }
}
