import type { ActivationHistogram } from '../convert/quantise/activation-histogram.ts';
import {
  type ActivationRange,
  type ActivationRanges,
  isSigned,
} from '../convert/quantise/activation-ranges.ts';
import { codeAfterRelu, codeSigned } from '../convert/quantise/quantise-activation.ts';
import { decibels } from './decibels.ts';
import type { SiteReport } from './inspection-report.ts';

/**
 * Compares ranges with what pictures showed; the sites in front of a sum, which the kernels never write as bytes, are
 * left out.
 */
export function inspectSites(
  ranges: ActivationRanges,
  seen: ReadonlyMap<string, ActivationHistogram>,
): SiteReport[] {
  return Array.from(seen, ([site, histogram]) => ({ site, histogram }))
    .filter(({ site }) => !site.endsWith('.conv3'))
    .map(({ site, histogram }) => {
      const range = ranges.get(site);
      if (range === undefined) throw new RangeError(`no activation range for ${site}`);
      return {
        site,
        range,
        seen: { low: histogram.low, high: histogram.high },
        ...roundingOf(histogram, range, isSigned(site)),
      };
    });
}

function roundingOf(histogram: ActivationHistogram, range: ActivationRange, signed: boolean) {
  const { scale, zeroPoint } = signed ? codeSigned(range) : codeAfterRelu(range);
  const most = signed ? 255 : 127;
  let [signal, noise, clipped] = [0, 0, 0];
  for (const { value, count } of histogram.bins()) {
    const code = Math.round(value / scale) + zeroPoint;
    const byte = Math.min(most, Math.max(0, code));
    if (byte !== code) clipped += count;
    signal += count * value ** 2;
    noise += count * ((byte - zeroPoint) * scale - value) ** 2;
  }
  return { clipped: clipped / histogram.total, bytes_db: decibels({ signal, noise }) };
}
