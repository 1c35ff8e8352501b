/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % confidence interval of a share, by Wilson's score: right also near 0 and 1 and for few pairs.
 *
 * @param hits 0 to `total`.
 * @param total 1 or more.
 * @returns Lower and upper end, 0-1.
 * @see E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927
 */
export function wilsonInterval(hits: number, total: number): [low: number, high: number] {
  const share = hits / total;
  const scale = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  return [hits === 0 ? 0 : middle - half, hits === total ? 1 : middle + half];
}
