import type { Convolution } from './convolution.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { transpose } from './transpose.ts';
import { type VisionArithmetic, windowAttributes } from './vision-arithmetic.ts';

/** Vision in fp32, channels first: each convolution fused with its Relu and, at a bottleneck's end, its shortcut. */
export function floatVision(builder: GraphBuilder): VisionArithmetic {
  function convolution(input: string, conv: Convolution, fused: { relu: boolean; plus: string }) {
    const { name, outChannels, inChannels, kernel, stride } = conv;
    const weight = builder.constant(
      `${name}.weight`,
      [outChannels, inChannels, kernel, kernel],
      conv.weight,
    );
    const bias = builder.constant(`${name}.bias`, [outChannels], conv.bias);
    const window = windowAttributes(kernel, stride);
    if (!fused.relu) return builder.node(name, 'Conv', [input, weight, bias], window);
    const inputs = fused.plus === '' ? [input, weight, bias] : [input, weight, bias, fused.plus];
    return builder.node(name, 'FusedConv', inputs, { ...window, activation: 'Relu' });
  }
  return {
    stem: (input, conv) => convolution(input, conv, { relu: true, plus: '' }),
    pool: (input) => builder.node('pool', 'MaxPool', [input], windowAttributes(3, 2)),
    convolve: (input, conv) => convolution(input, conv, { relu: true, plus: '' }),
    project: (input, conv) => convolution(input, conv, { relu: false, plus: '' }),
    close: (_name, input, end) =>
      convolution(input, end.convolution, { relu: true, plus: end.shortcut }),
    tokens(input, { weight, bias, patches, channels, width }) {
      const shape = builder.constant(
        'tokens.shape',
        [2],
        BigInt64Array.of(BigInt(channels), BigInt(patches)),
      );
      const planes = builder.node('tokens.planes', 'Reshape', [input, shape]);
      const rows = builder.node('tokens.rows', 'Transpose', [planes], { perm: [1, 0] });
      return builder.node('image_tokens', 'Gemm', [
        rows,
        builder.constant(
          'image_proj.weight',
          [channels, width],
          transpose(weight, width, channels),
        ),
        builder.constant('image_proj.bias', [width], bias),
      ]);
    },
  };
}
