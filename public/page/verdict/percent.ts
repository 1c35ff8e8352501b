/**
 * Writes a probability for people: never a certainty that the number is not.
 *
 * @param share 0 to 1.
 */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '> 99.9 %';
  return `${(100 * share).toFixed(1)} %`;
}
