import type { Rgb } from '../../colours.ts';

/**
 * Mixes two colours.
 *
 * @param share Of the second, 0 to 1.
 */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
