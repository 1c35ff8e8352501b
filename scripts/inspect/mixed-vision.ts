import { pixelCodes } from '../../functions/model/pixel-codes.ts';
import { planVision } from '../../functions/model/vision-plan.ts';
import { GraphBuilder } from '../convert/graph/graph-builder.ts';
import { authorVision } from '../convert/graph/vision-graph.ts';
import { stepCodes } from '../convert/kernels/step-codes.ts';
import { visionShape } from '../convert/model-shape.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { emulatedVision } from './emulated-vision.ts';
import type { Inspection } from './inspection.ts';
import { openVision } from './open-vision.ts';
import type { Noise } from './probe.ts';

/** What vision gave with some layers in int8. */
export interface MixedSight {
  /** Image tokens of each picture, `[patches, width]`. */
  readonly tokens: readonly Float32Array[];
  /** What the layers in int8 handed on, against fp32 on the same input; null without such layers, and for `image_proj`. */
  readonly output: Noise | null;
}

/**
 * Runs vision over the pictures with some layers in int8 and the rest in fp32.
 *
 * @param ranges What bytes stand for.
 * @param isInt8 Whether a layer is in int8, e.g. `layer1.0.conv2`, `image_proj`.
 */
export async function seeMixed(
  { source, set, runtime }: Inspection,
  ranges: ActivationRanges,
  isInt8: (layer: string) => boolean,
): Promise<MixedSight> {
  const { config, weights } = source;
  const { imageSide: side, resnetBlocks: blocks, width } = config;
  const normalisation = { mean: config.imageMean, std: config.imageStd };
  const location = 'vision.weights';
  const builder = new GraphBuilder('vision', location);
  const vision = emulatedVision(builder, {
    plan: planVision({ side, blocks, width }),
    codes: stepCodes(blocks, ranges),
    pixels: pixelCodes(normalisation),
    isInt8,
  });
  authorVision(builder, vision, { shape: visionShape(config), weights });
  const probed = vision.probe.report();
  const open = await openVision(runtime, builder, {
    location,
    side,
    normalisation,
    probed,
    roundedPixels: isInt8('conv1'),
  });
  try {
    const tokens: Float32Array[] = [];
    let [signal, noise] = [0, 0];
    for (const picture of set.pictures) {
      const seen = await open.encode(picture);
      tokens.push(seen.tokens);
      signal += seen.noise?.signal ?? 0;
      noise += seen.noise?.noise ?? 0;
    }
    return { tokens, output: probed ? { signal, noise } : null };
  } finally {
    open.release();
  }
}
