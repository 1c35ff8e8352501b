import type { ModelConfig } from '../checkpoint/model-config.ts';
import { describeBackbone } from './backbone.ts';
import { readConvolution } from './convolution.ts';
import type { GraphBuilder } from './graph-builder.ts';
import type { TokenProjection, VisionArithmetic } from './vision-arithmetic.ts';
import type { WeightSource } from './weight-source.ts';

/** What the vision graph needs to know of a model. */
export interface VisionShape extends Pick<ModelConfig, 'resnetBlocks' | 'imageSide' | 'width'> {
  /** What `image_proj` is multiplied with: sqrt(d) when the checkpoint scales its embeddings, else 1. */
  readonly embedScale: number;
}

/**
 * Patch cells a side: the stem, the pooling and two stages each halve the picture, rounding up.
 *
 * @param imageSide Pixels a side.
 */
export function patchGrid(imageSide: number): number {
  let side = imageSide;
  for (let halving = 0; halving < 4; halving++) side = Math.ceil(side / 2);
  return side;
}

/**
 * Writes the first stage: normalised pixels `pixels [1, 3, side, side]` -> `image_tokens [patches, width]`.
 *
 * @param builder Where the nodes go.
 * @param arithmetic fp32, int8 or calibrating; the structure is the same for all.
 */
export function authorVision(
  builder: GraphBuilder,
  arithmetic: VisionArithmetic,
  { shape, weights }: { readonly shape: VisionShape; readonly weights: WeightSource },
): void {
  const { stem, blocks, channels } = describeBackbone(shape.resnetBlocks);
  const pixels = builder.input('pixels', 'float32', [1, 3, shape.imageSide, shape.imageSide]);
  let x = arithmetic.pool(arithmetic.stem(pixels, readConvolution(weights, stem)));
  for (const block of blocks) {
    const inner = arithmetic.convolve(
      arithmetic.convolve(x, readConvolution(weights, block.conv1)),
      readConvolution(weights, block.conv2),
    );
    const shortcut =
      block.downsample === null
        ? x
        : arithmetic.project(x, readConvolution(weights, block.downsample));
    const convolution = readConvolution(weights, block.conv3);
    x = arithmetic.close(block.name, inner, { convolution, shortcut });
  }
  const patches = patchGrid(shape.imageSide) ** 2;
  arithmetic.tokens(x, {
    ...readProjection(shape, weights),
    patches,
    channels,
    width: shape.width,
  });
  builder.output('image_tokens', 'float32', [patches, shape.width]);
}

/** Reads `image_proj`, scaled as the model scales its embeddings: weight `[width, channels]`, bias `[width]`. */
export function readProjection(
  shape: VisionShape,
  weights: WeightSource,
): Pick<TokenProjection, 'weight' | 'bias'> {
  const { channels } = describeBackbone(shape.resnetBlocks);
  const scaled = (values: Float32Array) => values.map((value) => value * shape.embedScale);
  return {
    weight: scaled(weights('encoder.image_proj.weight', [shape.width, channels])),
    bias: scaled(weights('encoder.image_proj.bias', [shape.width])),
  };
}
