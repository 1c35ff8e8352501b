import type { ConvolutionStep } from '../../../functions/model/vision-plan.ts';
import type { WindowWeights } from './pack-weights.ts';

/**
 * Turns a convolution's weights into the order of the kernel's window.
 *
 * @param weight `[outChannels, inChannels, kernel, kernel]`.
 * @param step Where it is used; its input may have more channels than the weights, which then meet zeros.
 * @param channelScale Factor of each input channel.
 */
export function windowWeights(
  weight: Float32Array,
  { outChannels, kernel, input, run }: ConvolutionStep,
  channelScale: (channel: number) => number = () => 1,
): WindowWeights {
  const inChannels = weight.length / (outChannels * kernel * kernel);
  const values = new Float32Array(outChannels * kernel * run);
  let from = 0;
  for (let output = 0; output < outChannels; output++) {
    for (let channel = 0; channel < inChannels; channel++) {
      const scale = channelScale(channel);
      for (let y = 0; y < kernel; y++) {
        for (let x = 0; x < kernel; x++) {
          values[(output * kernel + y) * run + x * input.channels + channel] =
            (weight[from] ?? 0) * scale;
          from += 1;
        }
      }
    }
  }
  return { outChannels, taps: kernel, run, values };
}
