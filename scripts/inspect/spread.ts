import type { ActivationHistogram } from '../convert/quantise/activation-histogram.ts';

/** How values are spread over a range, coarse enough to be looked at. */
export interface Spread {
  /** Ends of the bars. */
  readonly low: number;
  readonly high: number;
  /** Shares of all values in bars of equal width, 0-1. */
  readonly shares: readonly number[];
  /** Largest absolute value over the root mean square: a single outlier makes it large. */
  readonly crest: number;
}

const BARS = 24;

/** Spreads weights in units of their output's largest, from -1 to 1: the share of the code that each one uses. */
export function spreadWeights(values: Float32Array, rows: number): Spread {
  const columns = values.length / rows;
  const counts = new Float64Array(BARS);
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    for (const value of own) {
      const share = value / largest;
      squares += share ** 2;
      count(counts, (share + 1) / 2, 1);
    }
  }
  return spread(-1, 1, {
    counts,
    total: values.length,
    crest: 1 / Math.sqrt(squares / values.length),
  });
}

/** Spreads activations between their extremes. */
export function spreadActivations(seen: ActivationHistogram): Spread {
  const { low, high, total } = seen;
  const counts = new Float64Array(BARS);
  let squares = 0;
  for (const { value, count: many } of seen.bins()) {
    squares += many * value ** 2;
    count(counts, (value - low) / (high - low || 1), many);
  }
  const most = Math.max(Math.abs(low), Math.abs(high));
  return spread(low, high, { counts, total, crest: most / Math.sqrt(squares / total) });
}

function count(counts: Float64Array, place: number, many: number): void {
  const bar = Math.min(BARS - 1, Math.max(0, Math.floor(place * BARS)));
  counts[bar] = (counts[bar] ?? 0) + many;
}

function spread(
  low: number,
  high: number,
  { counts, total, crest }: { counts: Float64Array; total: number; crest: number },
): Spread {
  return { low, high, shares: Array.from(counts, (many) => many / total), crest };
}
