import assert from 'node:assert/strict';
import type { WeightSource } from '../../../../scripts/convert/graph/weight-source.ts';

/**
 * What the graphs compute, once more, in float64 and in the plainest loops: rows of numbers in, rows of numbers out.
 * Follows the description of the published model in the reference, not the converter's code.
 */
export type Rows = readonly (readonly number[])[];

/** Cuts row-major numbers into rows. */
export function rowsOf(values: ArrayLike<number>, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from({ length: columns }, (__, column) => at(values, row * columns + column)),
  );
}

/** An element that must be there. */
export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  assert.ok(value !== undefined, `index ${index} of ${values.length}`);
  return value;
}

/** `W x + b` for every row. */
export function plainLinear(
  rows: Rows,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
): number[][] {
  return rows.map((x) =>
    Array.from({ length: bias.length }, (_, output) =>
      x.reduce(
        (sum, value, i) => sum + value * at(weight, output * x.length + i),
        at(bias, output),
      ),
    ),
  );
}

/** A linear layer of a checkpoint for every row. */
export function linearOf(weights: WeightSource, key: string, rows: Rows, outputs: number) {
  const inputs = rows[0]?.length ?? 0;
  return plainLinear(
    rows,
    weights(`${key}.weight`, [outputs, inputs]),
    weights(`${key}.bias`, [outputs]),
  );
}

/** LayerNorm of a checkpoint, epsilon 1e-5, for every row. */
export function normOf(weights: WeightSource, key: string, rows: Rows): number[][] {
  const width = rows[0]?.length ?? 0;
  const gain = weights(`${key}.weight`, [width]);
  const bias = weights(`${key}.bias`, [width]);
  return rows.map((x) => {
    const mean = x.reduce((sum, value) => sum + value, 0) / width;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    return x.map(
      (value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * at(gain, i) + at(bias, i),
    );
  });
}

/** Sums of two sets of rows. */
export function plainSum(a: Rows, b: Rows): number[][] {
  return a.map((row, r) => row.map((value, c) => value + at(b[r] ?? [], c)));
}

/** Attention as the reference writes it: `c_attn[h] * softmax(q k^T + bias) v`, heads side by side. */
export function plainAttention(
  weights: WeightSource,
  {
    key,
    heads,
    query,
    memory,
    bias,
    scaleFactor,
  }: {
    key: string;
    heads: number;
    query: Rows;
    memory: Rows;
    /** Added to the score of head, query, key. */
    bias: (head: number, query: number, key: number) => number;
    scaleFactor: number;
  },
): number[][] {
  const width = query[0]?.length ?? 0;
  const dim = width / heads;
  const gains = weights(`${key}.c_attn`, [heads]);
  const q = linearOf(weights, `${key}.q_proj`, query, width);
  const k = linearOf(weights, `${key}.k_proj`, memory, width);
  const v = linearOf(weights, `${key}.v_proj`, memory, width);
  return q.map((asked, i) => {
    const mixed: number[] = [];
    for (let head = 0; head < heads; head++) {
      const scores = k.map((seen, j) => {
        let sum = 0;
        for (let d = head * dim; d < (head + 1) * dim; d++) sum += at(asked, d) * at(seen, d);
        return sum * (dim * scaleFactor) ** -0.5 + bias(head, i, j);
      });
      const shares = plainSoftmax(scores);
      for (let d = head * dim; d < (head + 1) * dim; d++) {
        const sum = v.reduce((total, value, j) => total + at(shares, j) * at(value, d), 0);
        mixed.push(sum * at(gains, head));
      }
    }
    return mixed;
  });
}

/** Softmax of one row of scores. */
export function plainSoftmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}

/** GELU with the exact error function: x * (1 + erf(x / sqrt 2)) / 2. */
export function plainGelu(x: number): number {
  return (x * (1 + erf(x / Math.SQRT2))) / 2;
}

/** Abramowitz and Stegun 7.1.6: all terms have one sign, so nothing cancels. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return Math.abs(x) > 6 ? Math.sign(x) : (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** `fc2(norm(gelu(fc1(norm(x))))) + x` of a layer. */
export function plainFeedForward(
  weights: WeightSource,
  key: string,
  [rows, inner]: [Rows, number],
) {
  const width = rows[0]?.length ?? 0;
  const normed = normOf(weights, `${key}.final_layer_norm`, rows);
  const wide = linearOf(weights, `${key}.fc1`, normed, inner).map((row) => row.map(plainGelu));
  const steady = normOf(weights, `${key}.ffn_layer_norm`, wide);
  return plainSum(linearOf(weights, `${key}.fc2`, steady, width), rows);
}

/** Fails unless every number is within the tolerance of the expected one. */
export function assertNear(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(at(found, i) - at(expected, i));
    const same = at(found, i) === at(expected, i);
    assert.ok(
      same || difference <= tolerance,
      `number ${i} is ${at(found, i)}, not ${at(expected, i)}: off by ${difference}, at most ${tolerance}`,
    );
  }
}
