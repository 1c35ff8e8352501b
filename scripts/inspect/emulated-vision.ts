import type { PixelCode } from '../../functions/model/pixel-codes.ts';
import type { VisionPlan } from '../../functions/model/vision-plan.ts';
import type { Convolution } from '../convert/graph/convolution.ts';
import { floatVision } from '../convert/graph/float-vision.ts';
import type { GraphBuilder } from '../convert/graph/graph-builder.ts';
import type { VisionArithmetic } from '../convert/graph/vision-arithmetic.ts';
import type { StepCodes } from '../convert/kernels/step-codes.ts';
import type { ActivationCode } from '../convert/quantise/quantise-activation.ts';
import { emulateWeights } from './emulate-weights.ts';
import { type Probe, probe } from './probe.ts';

/** What decides how vision is rounded. */
export interface Emulation {
  readonly plan: VisionPlan;
  readonly codes: ReadonlyMap<string, StepCodes>;
  readonly pixels: readonly PixelCode[];
  /** Whether a layer, e.g. `layer1.0.conv2` or `image_proj`, computes in int8. */
  readonly isInt8: (layer: string) => boolean;
}

/** Vision in fp32 with some layers rounded as in int8; `probe` compares what they hand on with what fp32 would. */
export interface EmulatedVision extends VisionArithmetic {
  readonly probe: Probe;
}

/** The input that a stem in int8 reads in place of `pixels`. */
export const ROUNDED_PIXELS = 'rounded_pixels';

const RELU_LIMIT = 127;
const BYTE_LIMIT = 255;

/**
 * Writes vision with the rounding of our own int8 kernels in fp32: a layer in int8 has rounded weights and reads
 * bytes, from the layer before it and over the shortcut; what it writes is rounded by whoever reads it.
 */
export function emulatedVision(
  builder: GraphBuilder,
  { plan, codes, pixels, isInt8 }: Emulation,
): EmulatedVision {
  const float = floatVision(builder);
  const probes = probe(builder);

  /** The bytes that a value is kept in, as numbers again. */
  function bytes(value: string, { scale, zeroPoint }: ActivationCode, limit: number): string {
    const name = `${value}.bytes`;
    return builder.once(name, () => {
      const number = (part: string, data: Float32Array | Uint8Array) =>
        builder.constant(`${name}.${part}`, [], data);
      const [step, zero] = [
        number('scale', Float32Array.of(scale)),
        number('zero', Uint8Array.of(zeroPoint)),
      ];
      const clipped = builder.node(`${name}.clipped`, 'Clip', [
        value,
        number('low', Float32Array.of(-zeroPoint * scale)),
        number('high', Float32Array.of((limit - zeroPoint) * scale)),
      ]);
      const coded = builder.node(`${name}.coded`, 'QuantizeLinear', [clipped, step, zero]);
      return builder.node(name, 'DequantizeLinear', [coded, step, zero]);
    });
  }
  /** The picture as the kernels' stem reads it: an input, as its codes are a table of 256 levels. */
  function roundedPixels(): string {
    return builder.input(ROUNDED_PIXELS, 'float32', [1, 3, 'rows', 'columns']);
  }
  function codesOf(layer: string): StepCodes {
    const found = codes.get(layer);
    if (found === undefined) throw new RangeError(`no codes for ${layer}`);
    return found;
  }
  function rounded<Layer extends Pick<Convolution, 'weight' | 'bias'>>(
    name: string,
    layer: Layer,
    channels: readonly PixelCode[] = [],
  ): Layer {
    const step = plan.steps.find((it) => it.kind === 'convolution' && it.name === name);
    if (step?.kind !== 'convolution') throw new RangeError(`the vision plan has no ${name}`);
    const inputScale = codesOf(name).input.scale;
    return { ...layer, weight: emulateWeights(step, layer, { inputScale, pixels: channels }) };
  }
  type Write = (input: string, conv: Convolution) => string;
  function plain(write: Write, input: string, conv: Convolution): string {
    if (!isInt8(conv.name)) return write(input, conv);
    const exact = write(input, { ...conv, name: `${conv.name}.exact` });
    const coded = bytes(input, codesOf(conv.name).input, RELU_LIMIT);
    const found = write(coded, rounded(conv.name, conv));
    probes.compare(exact, found);
    return found;
  }

  return {
    probe: probes,
    stem(input, conv) {
      if (!isInt8(conv.name)) return float.stem(input, conv);
      const exact = float.stem(input, { ...conv, name: `${conv.name}.exact` });
      const found = float.stem(roundedPixels(), rounded(conv.name, conv, pixels));
      probes.compare(exact, found);
      return found;
    },
    pool: float.pool,
    convolve: (input, conv) => plain(float.convolve, input, conv),
    project: (input, conv) => plain(float.project, input, conv),
    close(name, input, { convolution, shortcut }) {
      const { name: layer } = convolution;
      if (!isInt8(layer)) return float.close(name, input, { convolution, shortcut });
      const codes = codesOf(layer);
      if (codes.shortcut === null) throw new RangeError(`${layer} has no shortcut`);
      const exact = float.close(name, input, {
        convolution: { ...convolution, name: `${layer}.exact` },
        shortcut,
      });
      // What a downsampling wrote has a byte; what is read behind Relu has seven bits.
      const limit = shortcut.endsWith('downsample.0') ? BYTE_LIMIT : RELU_LIMIT;
      const found = float.close(name, bytes(input, codes.input, RELU_LIMIT), {
        convolution: rounded(layer, convolution),
        shortcut: bytes(shortcut, codes.shortcut, limit),
      });
      probes.compare(exact, found);
      return found;
    },
    tokens(input, projection) {
      if (!isInt8('image_proj')) return float.tokens(input, projection);
      const coded = bytes(input, codesOf('image_proj').input, RELU_LIMIT);
      return float.tokens(coded, rounded('image_proj', projection));
    },
  };
}
