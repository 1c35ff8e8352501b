import type { Int8Store } from '../kernels/int8-store.ts';
import type { ActivationRange, ActivationRanges } from '../quantise/activation-ranges.ts';
import { type ActivationCode, codeAfterRelu, codeSigned } from '../quantise/quantise-activation.ts';
import type { Convolution } from './convolution.ts';
import { floatVision } from './float-vision.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { type VisionArithmetic, windowAttributes } from './vision-arithmetic.ts';

/**
 * Vision in static int8, in the form onnxruntime's optimiser would produce: channels last from the pooling on,
 * quantised after Relu only, the stem in fp32 (three input channels are slower in int8).
 *
 * @param store Quantises weights and puts them where the graph finds them.
 * @throws {RangeError} a site has no range.
 */
export function int8Vision(
  builder: GraphBuilder,
  ranges: ActivationRanges,
  store: Int8Store,
): VisionArithmetic {
  const float = floatVision(builder);
  const codes = new Map<string, ActivationCode>();

  function range(site: string): ActivationRange {
    const found = ranges.get(site);
    if (found === undefined) throw new RangeError(`no activation range for ${site}`);
    return found;
  }
  /** Names of the two constants that describe how `value` is coded. */
  function coding(value: string): [string, string] {
    const code = codes.get(value);
    if (code === undefined) throw new RangeError(`${value} is not quantised`);
    return [
      builder.shared(`${value}.scale`, [], () => Float32Array.of(code.scale)),
      builder.shared(`${value}.zero_point`, [], () => Uint8Array.of(code.zeroPoint)),
    ];
  }
  function convolution(input: string, conv: Convolution, code: ActivationCode): string {
    const { name, outChannels, inChannels, kernel, stride } = conv;
    const inputScale = codes.get(input)?.scale ?? 1;
    const shape = [outChannels, inChannels, kernel, kernel];
    const { bytes, scales } = store({ ...conv, shape, inputScale });
    const bias = Int32Array.from(conv.bias, (value, c) =>
      Math.round(value / (inputScale * (scales[c] ?? 1))),
    );
    codes.set(name, code);
    return builder.node(
      name,
      'QLinearConv',
      [
        input,
        ...coding(input),
        bytes,
        builder.constant(`${name}.weight.scale`, [outChannels], scales),
        builder.shared('weight.zero_point', [], () => Int8Array.of(0)),
        ...coding(name),
        builder.constant(`${name}.bias`, [outChannels], bias),
      ],
      { ...windowAttributes(kernel, stride), channels_last: 1 },
    );
  }

  return {
    stem: float.stem,
    pool(input) {
      codes.set('stem.bytes', codeAfterRelu(range('conv1')));
      const bytes = builder.node('stem.bytes', 'QuantizeLinear', [
        float.pool(input),
        ...coding('stem.bytes'),
      ]);
      codes.set('stem', codeAfterRelu(range('conv1')));
      return builder.node('stem', 'Transpose', [bytes], { perm: [0, 2, 3, 1] });
    },
    convolve: (input, conv) => convolution(input, conv, codeAfterRelu(range(conv.name))),
    project: (input, conv) => convolution(input, conv, codeSigned(range(conv.name))),
    close(name, input, end) {
      const sum = convolution(input, end.convolution, codeSigned(range(end.convolution.name)));
      codes.set(name, codeAfterRelu(range(name)));
      return builder.node(name, 'QLinearAdd', [
        sum,
        ...coding(sum),
        end.shortcut,
        ...coding(end.shortcut),
        ...coding(name),
      ]);
    },
    tokens(input, projection) {
      const { patches, channels, width } = projection;
      const shape = builder.constant(
        'tokens.shape',
        [2],
        BigInt64Array.of(BigInt(patches), BigInt(channels)),
      );
      const rows = builder.node('tokens.rows', 'Reshape', [input, shape]);
      const [scale, zeroPoint] = coding(input);
      const inputScale = codes.get(input)?.scale ?? 1;
      const { bytes, scales } = store({
        name: 'image_proj',
        ...projection,
        shape: [channels, width],
        inputScale,
      });
      return builder.node('image_tokens', 'MatMulIntegerToFloat', [
        rows,
        bytes,
        scale,
        builder.constant('image_proj.weight.scale', [width], scales),
        zeroPoint,
        '',
        builder.constant('image_proj.bias', [width], projection.bias),
      ]);
    },
  };
}
