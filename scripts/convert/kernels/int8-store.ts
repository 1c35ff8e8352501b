import type { VisionPlan } from '../../../functions/model/vision-plan.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { quantiseLayer } from './quantise-layer.ts';

/** A convolution whose weights the graph wants in int8. */
export interface Int8Layer {
  readonly name: string;
  /** `[outChannels, inChannels, kernel, kernel]`. */
  readonly weight: Float32Array;
  /** `[outChannels]`. */
  readonly bias: Float32Array;
  /** In the graph: as the weight's, or `[inChannels, outChannels]`. */
  readonly shape: readonly number[];
  /** What one unit of the input is. */
  readonly inputScale: number;
}

/** Names the graph's constant of a layer's bytes and gives their scales, `[outChannels]`. */
export type Int8Store = (layer: Int8Layer) => {
  readonly bytes: string;
  readonly scales: Float32Array;
};

/** Lets the graph read the kernels' own weights: the file `vision.kernels` as `unpackKernels()` lays it out. */
export function kernelStore(builder: GraphBuilder, plan: VisionPlan): Int8Store {
  return (layer) => {
    const step = plan.steps.find((it) => it.kind === 'convolution' && it.name === layer.name);
    if (step?.kind !== 'convolution') {
      throw new RangeError(`the vision plan has no ${layer.name}`);
    }
    const { scales } = quantiseLayer(step, layer, layer.inputScale);
    const place = { location: 'vision.kernels', offset: step.weights };
    return { bytes: builder.stored(`${layer.name}.weight`, layer.shape, place), scales };
  };
}
