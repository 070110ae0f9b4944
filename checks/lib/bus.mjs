import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from './child.mjs';
import { freePorts } from './ports.mjs';
import { until } from './until.mjs';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const command = process.env.AJBUS ?? join(checkout, 'ajbus');
/** Without it the command would build first, which is no work for a check. */
const built = process.env.AJBUS ? command : join(checkout, 'launcher/target/ajbus.jar');
const api = '/api/admin/event-bus';

/** One `ajbus dev` on free ports with a data directory and an admin key of its own, which it keeps over restarts. */
export class Bus {
  #child;
  #dir;
  #kafkaPort;
  #httpPort;
  adminKey = randomBytes(24).toString('base64url');

  static async start() {
    assert.ok(existsSync(built), `${built} is missing: build the product first`);
    const bus = new Bus();
    bus.#dir = await mkdtemp(join(tmpdir(), 'ajbus-check-'));
    [bus.#kafkaPort, bus.#httpPort] = await freePorts(2);
    try {
      await bus.start();
      return bus;
    } catch (error) {
      await bus.dispose({ gently: false });
      throw error;
    }
  }

  get kafka() {
    return `127.0.0.1:${this.#kafkaPort}`;
  }

  get url() {
    return `http://127.0.0.1:${this.#httpPort}`;
  }

  get alive() {
    return this.#child.alive;
  }

  /** Starts the command, again after a stop or a kill, and resolves once it says that it is ready. */
  async start() {
    const args = ['dev', '--data', this.#dir, '--kafka-port', this.#kafkaPort, '--http-port', this.#httpPort];
    this.#child = new Child(command, args.map(String), { env: { ...process.env, ADMIN_KEY: this.adminKey } });
    const [, millis] = await this.#child.says(/ready in (\d+) ms/, 120);
    this.readyMillis = Number(millis);
    this.residentMiB = this.#child.residentMiB();
  }

  /** Stops as Ctrl-C and service managers do; a clean end is 0 or, as usual on the JVM, 143. */
  async stop(signal = 'SIGTERM') {
    const exit = await this.#child.end(signal);
    const clean = { SIGTERM: [0, 143], SIGINT: [0, 130] }[signal];
    assert.ok(clean.includes(exit.code), `${signal} ended the bus with ${JSON.stringify(exit)}:\n${this.#child.tail()}`);
    assert.equal(exit.leftBehind, false, `${signal} ended the command and left a program of it running`);
  }

  /** The end without a chance to clean up. */
  async kill() {
    this.#child.killGroup();
    await this.#child.end('SIGKILL');
  }

  /** Stops and removes the data. */
  async dispose({ gently = true } = {}) {
    try {
      if (this.alive && gently) await this.stop();
    } finally {
      if (this.alive) await this.kill();
      await rm(this.#dir, { recursive: true, force: true });
    }
  }

  /** What the command printed last, for messages. */
  tail() {
    return this.#child.tail();
  }

  /** One request to the admin API, with the admin key unless `headers` says otherwise: `{status, text, headers}`. */
  async request(method, path, { body, headers = {} } = {}) {
    const response = await fetch(this.url + api + path, {
      method,
      headers: { 'admin-key': this.adminKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body,
      redirect: 'manual',
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  async get(path) {
    return this.#expect(200, 'GET', path);
  }

  async post(status, path, value) {
    return this.#expect(status, 'POST', path, { body: JSON.stringify(value) });
  }

  async addTarget(receiver, { events = [], active = true, description = 'check' } = {}) {
    const { url, secret } = receiver;
    const target = await this.post(201, '/targets', { url, secret, active, events, description });
    assert.ok(target.id, `the new target has no id: ${JSON.stringify(target)}`);
    return target;
  }

  async removeTarget(id) {
    await this.#expect(204, 'DELETE', `/targets/${encodeURIComponent(id)}`);
  }

  /** Every stored event, newest first, read page by page to the end. */
  async events({ type, limit = 500 } = {}) {
    const all = [];
    let next = null;
    do {
      const query = new URLSearchParams({ limit, ...(type && { type }), ...(next && { cursor: next }) });
      const page = await this.get(`/events?${query}`);
      assert.ok(page.events.length <= limit, `a page of limit ${limit} has ${page.events.length} events`);
      assert.ok(page.next === null || page.events.length > 0, 'an empty page has a next cursor');
      all.push(...page.events);
      next = page.next;
    } while (next !== null);
    return all;
  }

  /** Waits until `done(stats)` holds and returns the stats. */
  async statsUntil(what, done, seconds = 30) {
    return until(what, () => this.get('/stats'), { done, seconds, everyMillis: 100 });
  }

  async #expect(status, method, path, options) {
    const answer = await this.request(method, path, options);
    assert.equal(answer.status, status, `${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    return answer.text === '' ? null : JSON.parse(answer.text);
  }
}
