/** The interval that an activation is expected to stay in. */
export interface ActivationRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Ranges of the vision stage's activations by site: `conv1` (the stem after Relu), `layer1.0.conv1` and `.conv2`
 * (after Relu), `.conv3` and `.downsample.0` (signed, before the sum), `layer1.0` (a bottleneck's end, after Relu).
 */
export type ActivationRanges = ReadonlyMap<string, ActivationRange>;

/** Whether values of a site have not been through Relu. */
export function isSigned(site: string): boolean {
  return /\.(conv3|downsample\.0)$/.test(site);
}
