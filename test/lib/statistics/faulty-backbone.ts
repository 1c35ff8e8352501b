import type { OrtRuntime } from '../../../functions/model/ort-runtime.ts';
import type { ModelSource } from '../../../scripts/convert/author-model.ts';
import { visionShape } from '../../../scripts/convert/model-shape.ts';
import { syntheticSource } from '../synthetic-source.ts';
import { fitStatistics, withStatistics } from './fit-statistics.ts';
import { skewStatistics, withHeavyTails } from './skew.ts';

/** How a backbone is to be off. */
export interface BackboneFault {
  /** Whether a few gammas are far larger than the others. */
  readonly heavyTails: boolean;
  /** By what factor a layer's deviations are off at most; 1: statistics are those of the pictures. */
  readonly most: number;
}

/** A synthetic model whose backbone has the statistics of some pictures, or is off from them. */
export async function faultyBackbone(
  shape: 'full' | 'micro',
  { heavyTails, most }: BackboneFault,
  { runtime, pictures }: { readonly runtime: OrtRuntime; readonly pictures: readonly Uint8Array[] },
): Promise<ModelSource> {
  const source = syntheticSource(shape);
  const { config } = source;
  const weights = heavyTails ? withHeavyTails(source.weights) : source.weights;
  const fitted = await fitStatistics(runtime, {
    shape: visionShape(config),
    weights,
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures,
  });
  const statistics = most === 1 ? fitted : skewStatistics(fitted, most);
  return { ...source, weights: withStatistics(weights, statistics) };
}
