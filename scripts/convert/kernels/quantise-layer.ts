import type { ConvolutionStep } from '../../../functions/model/vision-plan.ts';
import type { QuantisedWeights } from '../quantise/quantise-weights.ts';
import { quantiseWindows, type WindowWeights } from './pack-weights.ts';
import { windowWeights } from './window-weights.ts';

/** A convolution in int8: its bytes in the order of the windows, `[outChannels, taps, run]`. */
export interface QuantisedLayer extends QuantisedWeights {
  readonly windows: WindowWeights;
}

/** Half of int32's range: the other half is for the sum of products. */
const MAX_BIAS = 2 ** 30;

/**
 * Quantises a convolution for both that run it, the kernels and the ONNX graph.
 *
 * @param layer Weight `[outChannels, inChannels, kernel, kernel]`, bias `[outChannels]`.
 * @param inputScale What one unit of the input is.
 * @param channelScale Factor of each input channel.
 */
export function quantiseLayer(
  step: ConvolutionStep,
  layer: { readonly weight: Float32Array; readonly bias: Float32Array },
  inputScale: number,
  channelScale: (channel: number) => number = () => 1,
): QuantisedLayer {
  const windows = windowWeights(layer.weight, step, channelScale);
  return { windows, ...quantiseWindows(windows, biasFloor(layer.bias, inputScale)) };
}

/** What a channel's scale must not fall below: with next to no weights it still has a bias, which is to fit in int32. */
export function biasFloor(bias: Float32Array, inputScale: number): (channel: number) => number {
  return (channel) => Math.abs(bias[channel] ?? 0) / (inputScale * MAX_BIAS);
}
