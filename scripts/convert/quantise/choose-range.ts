import type { ActivationHistogram } from './activation-histogram.ts';
import { type ActivationRange, type ActivationRanges, isSigned } from './activation-ranges.ts';
import { codeAfterRelu, codeSigned } from './quantise-activation.ts';

/**
 * How a range is taken from the values that pictures gave: all of them; without the outermost hundred-thousandth or
 * ten-thousandth of an end; or as wide as makes the mean squared error of the bytes smallest.
 */
export const RANGE_CHOICES = ['extremes', 'p99.999', 'p99.99', 'mse'] as const;

/** One of {@linkcode RANGE_CHOICES}. */
export type RangeChoice = (typeof RANGE_CHOICES)[number];

/** What is taken unless told: on backbones that are off in five ways within 0.5 dB of the best (docs/quantisation.md). */
export const DEFAULT_CHOICE: RangeChoice = 'mse';

const TAILS = { 'p99.999': 1e-5, 'p99.99': 1e-4 } as const;
/** Shares of the extremes that are tried for the smallest error. */
const SMALLEST_SHARE = 0.1;
const SHARES = 90;

/** Takes a range for each site from what was seen there. */
export function chooseRanges(
  seen: ReadonlyMap<string, ActivationHistogram>,
  choice: RangeChoice,
): ActivationRanges {
  return new Map(
    Array.from(seen, ([site, histogram]) => [
      site,
      chooseRange(histogram, choice, { signed: isSigned(site) }),
    ]),
  );
}

/**
 * Takes a range from what was seen.
 *
 * @param site Whether the values are signed, and so coded in 8 bits, or come behind Relu, in 7.
 */
export function chooseRange(
  histogram: ActivationHistogram,
  choice: RangeChoice,
  site: { readonly signed: boolean },
): ActivationRange {
  const { low, high } = histogram;
  if (choice === 'extremes') return { low, high };
  return choice === 'mse'
    ? leastError(histogram, site.signed)
    : withoutTails(histogram, TAILS[choice]);
}

function withoutTails(histogram: ActivationHistogram, tail: number): ActivationRange {
  const allowed = tail * histogram.total;
  const bins = histogram.bins();
  const end = (ordered: typeof bins) => {
    let outside = 0;
    return ordered.find(({ count }) => {
      outside += count;
      return outside > allowed;
    });
  };
  return {
    low: end(bins)?.value ?? histogram.low,
    high: end(bins.toReversed())?.value ?? histogram.high,
  };
}

function leastError(histogram: ActivationHistogram, signed: boolean): ActivationRange {
  const bins = histogram.bins();
  let best = {
    range: { low: histogram.low, high: histogram.high },
    error: Number.POSITIVE_INFINITY,
  };
  for (let step = SHARES; step >= 0; step--) {
    const share = SMALLEST_SHARE + ((1 - SMALLEST_SHARE) * step) / SHARES;
    const range = { low: histogram.low * share, high: histogram.high * share };
    const error = squaredError(bins, range, signed);
    if (error < best.error) best = { range, error };
  }
  return best.range;
}

function squaredError(
  bins: ReturnType<ActivationHistogram['bins']>,
  range: ActivationRange,
  signed: boolean,
): number {
  const { scale, zeroPoint } = signed ? codeSigned(range) : codeAfterRelu(range);
  const most = signed ? 255 : 127;
  return bins.reduce((sum, { value, count }) => {
    const byte = Math.min(most, Math.max(0, Math.round(value / scale) + zeroPoint));
    return sum + count * ((byte - zeroPoint) * scale - value) ** 2;
  }, 0);
}
