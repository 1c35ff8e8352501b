/**
 * Writes a share as people read it.
 *
 * @param share 0-1.
 * @returns For example `92.3 %`.
 */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
