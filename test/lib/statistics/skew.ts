import type { WeightSource } from '../../../scripts/convert/graph/weight-source.ts';
import { syntheticTensor } from '../../../scripts/synthetic/synthetic-tensor.ts';
import type { Statistics } from './fit-statistics.ts';

/** Makes some of a backbone's gammas many times as large as the others: one channel in 64, four to sixteen times. */
export function withHeavyTails(weights: WeightSource): WeightSource {
  return (key, shape) => {
    const values = weights(key, shape);
    if (!/embed_images\..*(bn\d|downsample\.1)\.weight$/.test(key)) return values;
    const draws = uniform(`${key}.tail`, values.length);
    return values.map((value, at) => {
      const draw = draws[at] ?? 0;
      return draw < 1 / 64 ? value * 4 ** (1 + draw * 64) : value;
    });
  };
}

/**
 * Moves statistics away from the data: each layer's deviations by a factor between 1 / `most` and `most`, each
 * channel's mean by up to half a deviation.
 */
export function skewStatistics(
  statistics: ReadonlyMap<string, Statistics>,
  most: number,
): ReadonlyMap<string, Statistics> {
  return new Map(
    Array.from(statistics, ([norm, { mean, variance }]) => {
      const [draw = 0] = uniform(`${norm}.factor`, 1);
      const factor = most ** (2 * draw - 1);
      const shifts = uniform(`${norm}.shift`, mean.length);
      const moved = {
        mean: mean.map(
          (value, c) => value + ((shifts[c] ?? 0) - 0.5) * Math.sqrt(variance[c] ?? 0),
        ),
        variance: variance.map((value) => value * factor ** 2),
      };
      return [norm, moved];
    }),
  );
}

/** Numbers in [0, 1) that depend on the name alone. */
function uniform(name: string, count: number): Float32Array {
  // The formula draws 0.1 u for any name that ends with `.bias`.
  return syntheticTensor(`${name}.bias`, [count]).map((value) => (value / 0.1 + 1) / 2);
}
