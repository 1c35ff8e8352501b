import { type Normalisation, normalisePixels } from '../../../functions/model/normalise-pixels.ts';
import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { authorVision, type VisionShape } from '../graph/vision-graph.ts';
import type { WeightSource } from '../graph/weight-source.ts';
import type { ActivationRange, ActivationRanges } from './activation-ranges.ts';
import { observingVision } from './observing-vision.ts';

/** What is calibrated, and on what. */
export interface Calibration {
  readonly shape: VisionShape;
  readonly weights: WeightSource;
  readonly normalisation: Normalisation;
  /** Pictures, each `[side, side, 3]`, RGB, 0-255. */
  readonly pictures: readonly Uint8Array[];
  /** Called after each picture with how many are done. */
  readonly onPicture: (done: number) => void;
}

/**
 * Measures activation ranges: smallest and largest value of each site over all pictures, in fp32.
 *
 * The extremes themselves are used: a percentile of 99.99 already changed more labels than no clipping at all.
 */
export async function calibrate(
  runtime: OrtRuntime,
  { shape, weights, normalisation, pictures, onPicture }: Calibration,
): Promise<ActivationRanges> {
  const builder = new GraphBuilder('calibration', 'calibration.weights');
  const vision = observingVision(builder);
  authorVision(builder, vision, { shape, weights });
  const sites = vision.report();
  const encoded = builder.encode();
  const session = await runtime.createSession(encoded.graph, {
    location: 'calibration.weights',
    bytes: encoded.weights,
  });
  const pixels = runtime.allocate([1, 3, shape.imageSide, shape.imageSide]);
  const ranges = new Map<string, ActivationRange>();
  try {
    for (const [index, picture] of pictures.entries()) {
      normalisePixels(picture, normalisation, pixels.view());
      const extremes = await session.run({ pixels }, 'extremes');
      widen(ranges, sites, extremes.view());
      extremes.release();
      onPicture(index + 1);
    }
  } finally {
    pixels.release();
    session.release();
  }
  return ranges;
}

function widen(
  ranges: Map<string, ActivationRange>,
  sites: readonly string[],
  extremes: Float32Array,
): void {
  sites.forEach((site, index) => {
    const low = extremes[2 * index] ?? 0;
    const high = extremes[2 * index + 1] ?? 0;
    const known = ranges.get(site) ?? { low, high };
    ranges.set(site, { low: Math.min(known.low, low), high: Math.max(known.high, high) });
  });
}
