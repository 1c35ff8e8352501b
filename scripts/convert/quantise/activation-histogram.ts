/** Bins on each side of zero: at least 16 for each of the 127 steps that a value after Relu is coded in. */
const BINS = 4096;
/** Where the bins begin; they double until they hold what comes. */
const SMALLEST_BIN = 2 ** -24;

/**
 * Counts of values in bins of equal width, over as many tensors as are added.
 *
 * The width is a power of two that doubles when a value does not fit, and two bins become one: so one pass is enough,
 * and the order in which tensors come does not matter.
 */
export class ActivationHistogram {
  readonly #counts = new Float64Array(2 * BINS);
  #width = SMALLEST_BIN;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #total = 0;

  /** Adds a tensor's values. */
  add(values: Float32Array): void {
    for (const value of values) {
      if (value < this.#low) this.#low = value;
      if (value > this.#high) this.#high = value;
    }
    while (this.#low < -BINS * this.#width || this.#high >= BINS * this.#width) this.#double();
    const [counts, width] = [this.#counts, this.#width];
    for (const value of values) {
      const bin = Math.floor(value / width) + BINS;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    this.#total += values.length;
  }

  /** Smallest value. */
  get low(): number {
    return this.#low;
  }

  /** Largest value. */
  get high(): number {
    return this.#high;
  }

  /** How many values there are. */
  get total(): number {
    return this.#total;
  }

  /** Bins that are not empty, from below: the middle of each and its count. */
  bins(): { readonly value: number; readonly count: number }[] {
    const bins: { value: number; count: number }[] = [];
    this.#counts.forEach((count, bin) => {
      if (count > 0) bins.push({ value: (bin - BINS + 0.5) * this.#width, count });
    });
    return bins;
  }

  #double(): void {
    const merged = new Float64Array(2 * BINS);
    this.#counts.forEach((count, bin) => {
      const into = Math.floor((bin - BINS) / 2) + BINS;
      merged[into] = (merged[into] ?? 0) + count;
    });
    this.#counts.set(merged);
    this.#width *= 2;
  }
}
