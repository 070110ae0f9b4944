/** A value that tells its watchers when it changes. */
export class Watched {
  #watchers = new Set();

  constructor(value) {
    this.value = value;
  }

  set(value) {
    if (value === this.value) return;
    this.value = value;
    this.#watchers.forEach((watcher) => watcher(value));
  }

  /** Returns a function that ends the watching. */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
