import { CHANNEL_BLOCK, type ConvolutionStep, type VisionPlan } from './vision-plan.ts';

/**
 * Turns the weights of `vision.kernels` into the layout of the ONNX graph, which reads them at the same offsets: for
 * machines without the kernels' instructions.
 *
 * @param file `vision.kernels`; not changed.
 * @returns As long as the file. At each step's `weights`: `[outChannels, inChannels, kernel, kernel]`, int8; the image
 * projection's `[inChannels, outChannels]`. The stem, which the graph computes in fp32, is left out.
 */
export function unpackKernels(file: Uint8Array, plan: VisionPlan): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(file.length);
  for (const step of plan.steps) {
    if (step.kind === 'convolution' && step.input !== plan.pixels) unpackStep(file, step, out);
  }
  return out;
}

function unpackStep(file: Uint8Array, step: ConvolutionStep, out: Uint8Array): void {
  const { kernel, outChannels, run, weights, output } = step;
  const inChannels = step.input.channels;
  const window = kernel * run;
  for (let channel = 0; channel < outChannels; channel++) {
    for (let place = 0; place < window; place++) {
      const tap = Math.floor(place / inChannels);
      const input = place % inChannels;
      const at =
        output === null
          ? input * outChannels + channel
          : (channel * inChannels + input) * kernel * kernel + tap;
      out[weights + at] = file[weights + packedIndex(channel, place, window)] ?? 0;
    }
  }
}

/**
 * Where a weight stands among a step's: `[outChannels / 16][window / 8][4][2][4 channels][4 places]`.
 *
 * @param place In the channel's window, row by row, pixel by pixel, channel by channel.
 * @param window Places of a window.
 */
export function packedIndex(channel: number, place: number, window: number): number {
  const block = Math.floor(channel / CHANNEL_BLOCK) * CHANNEL_BLOCK * window;
  const group = Math.floor(place / 8) * 8 * CHANNEL_BLOCK;
  const quad = Math.floor((channel % CHANNEL_BLOCK) / 4) * 32 + Math.floor((place % 8) / 4) * 16;
  return block + group + quad + (channel % 4) * 4 + (place % 4);
}
