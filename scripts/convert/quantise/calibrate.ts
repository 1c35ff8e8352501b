import { type Normalisation, normalisePixels } from '../../../functions/model/normalise-pixels.ts';
import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { authorVision, type VisionShape } from '../graph/vision-graph.ts';
import type { WeightSource } from '../graph/weight-source.ts';
import { ActivationHistogram } from './activation-histogram.ts';
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

/** Runs vision in fp32 over pictures and counts the values of each site of `activation-ranges.ts`. */
export async function calibrate(
  runtime: OrtRuntime,
  { shape, weights, normalisation, pictures, onPicture }: Calibration,
): Promise<ReadonlyMap<string, ActivationHistogram>> {
  const builder = new GraphBuilder('calibration', 'calibration.weights');
  const vision = observingVision(builder);
  authorVision(builder, vision, { shape, weights });
  const encoded = builder.encode();
  const session = await runtime.createSession(encoded.graph, {
    location: 'calibration.weights',
    bytes: encoded.weights,
  });
  const pixels = runtime.allocate([1, 3, shape.imageSide, shape.imageSide]);
  const seen = new Map(vision.sites.map((site) => [site, new ActivationHistogram()]));
  try {
    for (const [index, picture] of pictures.entries()) {
      normalisePixels(picture, normalisation, pixels.view());
      const values = await session.runAll({ pixels }, vision.sites);
      for (const [at, site] of vision.sites.entries()) {
        const value = values[at];
        if (value !== undefined) seen.get(site)?.add(value.view());
      }
      for (const value of values) value.release();
      onPicture(index + 1);
    }
  } finally {
    pixels.release();
    session.release();
  }
  return seen;
}
