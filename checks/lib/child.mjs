import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { within } from './until.mjs';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.killGroup()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** A program started by a check: in a process group of its own, its output kept, ended with the check at the latest. */
export class Child {
  #process;
  #exited;
  #watchers = new Set();
  output = '';

  constructor(command, args, options = {}) {
    this.name = [command, ...args].join(' ');
    this.#process = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exited = new Promise((resolve) => {
      this.#process.on('error', (error) => resolve({ error: error.message }));
      this.#process.on('exit', (code, signal) => resolve({ code, signal, leftBehind: this.#groupAlive() }));
    });
    this.#exited.then(() => this.#forget());
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => this.#append(text));
    }
    running.add(this);
  }

  get alive() {
    return running.has(this);
  }

  /** Resolves with the match of `pattern` in the output; fails when the program ends first or the deadline passes. */
  async says(pattern, seconds = 60) {
    let watcher;
    const seen = new Promise((resolve) => {
      watcher = () => {
        const match = pattern.exec(this.output);
        if (match) resolve(match);
      };
      this.#watchers.add(watcher);
      watcher();
    });
    const ended = this.#exited.then((exit) => {
      throw new Error(`${this.name} ended with ${JSON.stringify(exit)} before it said ${pattern}:\n${this.tail()}`);
    });
    try {
      return await within(seconds, Promise.race([seen, ended]), () => `${this.name} says ${pattern}; so far:\n${this.tail()}`);
    } finally {
      this.#watchers.delete(watcher);
      ended.catch(() => {});
    }
  }

  /** What the system says the program holds in memory; only Linux tells it this way. */
  residentMiB() {
    const status = `/proc/${this.#process.pid}/status`;
    return existsSync(status) ? Math.round(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))[1] / 1024) : NaN;
  }

  /** Sends the signal to the program alone, as an operator would, and waits for its end. */
  async end(signal = 'SIGTERM', seconds = 30) {
    this.#process.kill(signal);
    return within(seconds, this.#exited, () => `${this.name} ends after ${signal}; so far:\n${this.tail()}`);
  }

  /** Resolves with how a program ended by itself; fails when the deadline passes. */
  async ended(seconds = 60) {
    return within(seconds, this.#exited, () => `${this.name} ends; so far:\n${this.tail()}`);
  }

  /** Ends whatever is left of the program and of the programs that it started. */
  killGroup() {
    if (this.#groupAlive()) process.kill(-this.#process.pid, 'SIGKILL');
  }

  tail(characters = 4000) {
    return this.output.slice(-characters);
  }

  #append(text) {
    this.output += text;
    this.#watchers.forEach((watcher) => watcher());
  }

  #groupAlive() {
    try {
      return process.kill(-this.#process.pid, 0);
    } catch {
      return false;
    }
  }

  #forget() {
    running.delete(this);
    this.killGroup();
  }
}
