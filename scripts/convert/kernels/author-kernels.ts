import type { Normalisation } from '../../../functions/model/normalise-pixels.ts';
import { type PixelCode, pixelCodes } from '../../../functions/model/pixel-codes.ts';
import { type ConvolutionStep, planVision } from '../../../functions/model/vision-plan.ts';
import { describeBackbone } from '../graph/backbone.ts';
import { readConvolution } from '../graph/convolution.ts';
import { readProjection, type VisionShape } from '../graph/vision-graph.ts';
import type { WeightSource } from '../graph/weight-source.ts';
import type { ActivationRanges } from '../quantise/activation-ranges.ts';
import { packWeights } from './pack-weights.ts';
import { quantiseLayer } from './quantise-layer.ts';
import { type StepCodes, stepCodes } from './step-codes.ts';

/** What the kernels' weights are made of. */
export interface KernelSource {
  readonly shape: VisionShape;
  readonly weights: WeightSource;
  readonly ranges: ActivationRanges;
  readonly normalisation: Normalisation;
}

/** What one convolution is written from. */
interface Layer {
  /** `[outChannels, inChannels, kernel, kernel]`. */
  readonly weight: Float32Array;
  /** `[outChannels]`. */
  readonly bias: Float32Array;
  readonly codes: StepCodes;
  /** The picture's codes, channel by channel, for the stem alone. */
  readonly pixels: readonly PixelCode[];
}

/**
 * Writes the file `vision.kernels`: for each convolution of the plan its packed weights, and what its epilogue needs.
 *
 * @throws {RangeError} a site has no range.
 */
export function authorKernels(source: KernelSource): Uint8Array<ArrayBuffer> {
  const { shape, ranges, normalisation } = source;
  const { imageSide: side, resnetBlocks: blocks, width } = shape;
  const plan = planVision({ side, blocks, width });
  const weightsOf = layerReader(source);
  const codes = stepCodes(blocks, ranges);
  const file = new Uint8Array(plan.fileBytes);
  for (const step of plan.steps) {
    if (step.kind === 'pool') continue;
    const own = codes.get(step.name);
    if (own === undefined) throw new RangeError(`no codes for ${step.name}`);
    const pixels = step.input === plan.pixels ? pixelCodes(normalisation) : [];
    writeStep(file, step, { ...weightsOf(step.name), codes: own, pixels });
  }
  return file;
}

function writeStep(file: Uint8Array<ArrayBuffer>, step: ConvolutionStep, layer: Layer): void {
  const { bias, pixels, codes } = layer;
  const { input, output, shortcut } = codes;
  const { windows, bytes, scales } = quantiseLayer(
    step,
    layer,
    input.scale,
    (channel) => pixels[channel]?.scale ?? 1,
  );
  const shortcutScale = shortcut === null ? 0 : shortcut.scale / output.scale;
  const offset = output.zeroPoint - (shortcut?.zeroPoint ?? 0) * shortcutScale;
  const columns = windows.taps * windows.run;
  const biases = bias.map((value, channel) => {
    const row = bytes.subarray(channel * columns, (channel + 1) * columns);
    const zeros = zeroSum(row, { pixels, step }) * (scales[channel] ?? 0);
    return (value - zeros) / output.scale + offset;
  });
  const write = (at: number, data: Int8Array | Float32Array) =>
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
  write(step.weights, packWeights(bytes, windows));
  write(
    step.scales,
    scales.map((scale) => (input.scale * scale) / output.scale),
  );
  write(step.biases, biases);
  write(step.shortcutScale, Float32Array.of(shortcutScale));
}

/** What a window full of zero points sums up to. A padded pixel holds them too, so all windows are alike. */
function zeroSum(
  row: Int8Array,
  { pixels, step }: { readonly pixels: readonly PixelCode[]; readonly step: ConvolutionStep },
): number {
  return row.reduce((sum, weight, column) => {
    const channel = (column % step.run) % step.input.channels;
    return sum + weight * (pixels[channel]?.zero ?? 0);
  }, 0);
}

function layerReader({
  shape,
  weights,
}: KernelSource): (name: string) => Pick<Layer, 'weight' | 'bias'> {
  const { stem, blocks } = describeBackbone(shape.resnetBlocks);
  const sites = [
    stem,
    ...blocks.flatMap(({ conv1, conv2, conv3, downsample }) =>
      downsample === null ? [conv1, conv2, conv3] : [conv1, conv2, conv3, downsample],
    ),
  ];
  const byName = new Map(sites.map((site) => [site.name, site]));
  return (name) => {
    const site = byName.get(name);
    return site === undefined ? readProjection(shape, weights) : readConvolution(weights, site);
  };
}
