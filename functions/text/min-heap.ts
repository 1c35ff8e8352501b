/** A binary heap: gives back the smallest of the numbers it holds, in logarithmic time. */
export class MinHeap {
  readonly #keys: number[] = [];

  /** @param key Any number but NaN. */
  push(key: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#key(parent);
      if (above <= key) break;
      this.#keys[at] = above;
      at = parent;
    }
    this.#keys[at] = key;
  }

  /** Takes the smallest number out; `undefined` when there is none. */
  pop(): number | undefined {
    const smallest = this.#keys[0];
    const last = this.#keys.pop();
    if (last === undefined || this.#keys.length === 0) return smallest;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#key(left + 1) < this.#key(left) ? left + 1 : left;
      if (this.#key(child) >= last) break;
      this.#keys[at] = this.#key(child);
      at = child;
    }
    this.#keys[at] = last;
    return smallest;
  }

  #key(at: number): number {
    // Beyond the end everything is larger.
    return at < this.#keys.length ? (this.#keys[at] ?? Infinity) : Infinity;
  }
}
