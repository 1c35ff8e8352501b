import { planVision } from '../../functions/model/vision-plan.ts';
import type { ModelSource } from '../convert/author-model.ts';
import { quantiseWindows } from '../convert/kernels/pack-weights.ts';
import { windowWeights } from '../convert/kernels/window-weights.ts';
import { quantiseRows } from '../convert/quantise/quantise-weights.ts';
import type { Layer } from './layer-list.ts';
import type { Noise } from './probe.ts';

/** Sums of squares of a layer's weights, and of what rounding them to int8 does. */
export function weightNoise({ config }: ModelSource, layer: Layer): Noise | null {
  if (layer.weights === null) return null;
  const { values, rows } = layer.weights();
  const { imageSide: side, resnetBlocks: blocks, width } = config;
  const { steps } = planVision({ side, blocks, width });
  const step = steps.find((it) => it.kind === 'convolution' && it.name === layer.name);
  if (step?.kind !== 'convolution') return noiseOf(values, quantiseRows(values, rows));
  const windows = windowWeights(values, step);
  return noiseOf(
    windows.values,
    quantiseWindows(windows, () => 0),
  );
}

function noiseOf(values: Float32Array, { bytes, scales }: ReturnType<typeof quantiseRows>): Noise {
  const columns = values.length / scales.length;
  let [signal, noise] = [0, 0];
  values.forEach((value, at) => {
    const scale = scales[Math.floor(at / columns)] ?? 1;
    signal += value ** 2;
    noise += ((bytes[at] ?? 0) * scale - value) ** 2;
  });
  return { signal, noise };
}
