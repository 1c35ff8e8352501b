import type { PixelCode } from '../../functions/model/pixel-codes.ts';
import type { ConvolutionStep } from '../../functions/model/vision-plan.ts';
import { quantiseLayer } from '../convert/kernels/quantise-layer.ts';

/**
 * A convolution's weights as the kernels' bytes hold them, as numbers again.
 *
 * @param layer Weight `[outChannels, inChannels, kernel, kernel]`, bias `[outChannels]`.
 * @param input What one unit of the input is; for the stem the codes of the picture's channels, else none.
 * @returns As the weight.
 */
export function emulateWeights(
  step: ConvolutionStep,
  layer: { readonly weight: Float32Array; readonly bias: Float32Array },
  { inputScale, pixels }: { readonly inputScale: number; readonly pixels: readonly PixelCode[] },
): Float32Array {
  const channelScale = (channel: number) => pixels[channel]?.scale ?? 1;
  const { scales } = quantiseLayer(step, layer, inputScale, channelScale);
  const area = step.kernel ** 2;
  const perOutput = layer.weight.length / step.outChannels;
  return layer.weight.map((weight, at) => {
    const scale = scales[Math.floor(at / perOutput)] ?? 1;
    const factor = channelScale(Math.floor((at % perOutput) / area));
    // In float32, as the converter computes it.
    return (Math.round(Math.fround(weight * factor) / scale) * scale) / factor;
  });
}
