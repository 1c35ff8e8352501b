import type { ActivationHistogram } from '../convert/quantise/activation-histogram.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { type AnswerEffect, answerEffect } from './answer-effect.ts';
import { decibels } from './decibels.ts';
import { effectReport } from './effect-report.ts';
import type { Inspection } from './inspection.ts';
import type { LayerReport } from './inspection-report.ts';
import { type Layer, listLayers } from './layer-list.ts';
import { askMixed, EMBEDDINGS, GELU } from './mixed-judge.ts';
import { seeMixed } from './mixed-vision.ts';
import type { Noise } from './probe.ts';
import type { Reference } from './reference.ts';
import { spreadActivations, spreadWeights } from './spread.ts';
import { tensorNoise } from './tensor-noise.ts';
import { weightNoise } from './weight-noise.ts';

/** What a layer by itself in int8 did. */
interface Trial {
  readonly effect: AnswerEffect;
  readonly output: Noise | null;
  /** What it read. */
  readonly input: ActivationHistogram | null;
}

/**
 * Puts one layer after the other into int8, all else in fp32.
 *
 * @param ranges Of vision's activations.
 * @param seen What pictures showed at each site.
 * @returns In the order of the computation.
 */
export async function inspectLayers(
  inspection: Inspection,
  reference: Reference,
  {
    ranges,
    seen,
  }: {
    readonly ranges: ActivationRanges;
    readonly seen: ReadonlyMap<string, ActivationHistogram>;
  },
): Promise<LayerReport[]> {
  const { source, set, onProgress } = inspection;
  const { questions } = set;

  async function trySight(name: string): Promise<Trial> {
    const { tokens, output } = await seeMixed(inspection, ranges, (it) => it === name);
    const { logits } = await askMixed(inspection, tokens, { isInt8: () => false });
    return {
      effect: answerEffect(questions, reference.logits, logits),
      output: output ?? tensorNoise(reference.tokens, tokens),
      input: null,
    };
  }
  async function tryJudge(name: string): Promise<Trial> {
    const isInt8 = (it: string) => it === name;
    const probed = name === EMBEDDINGS || name === GELU ? {} : { probed: name };
    const { logits, ...rest } = await askMixed(inspection, reference.tokens, { isInt8, ...probed });
    return { effect: answerEffect(questions, reference.logits, logits), ...rest };
  }

  const layers = listLayers(source);
  const trials: { layer: Layer; trial: Trial }[] = [];
  for (const [index, layer] of layers.entries()) {
    onProgress('layer by layer', index, layers.length);
    const trial = await (layer.part === 'vision' ? trySight : tryJudge)(layer.name);
    trials.push({ layer, trial });
  }
  onProgress('layer by layer', layers.length, layers.length);
  const all = trials.reduce((sum, { trial }) => sum + trial.effect.answers.noise, 0);
  return trials.map(({ layer, trial: { effect, output, input } }) => {
    const weights = layer.weights?.() ?? null;
    const noise = weightNoise(source, layer);
    const read = input ?? (layer.site === null ? null : seen.get(layer.site)) ?? null;
    return {
      name: layer.name,
      part: layer.part,
      weights: weights?.values.length ?? 0,
      weights_db: noise === null ? null : decibels(noise),
      output_db: output === null ? null : decibels(output),
      share: effect.answers.noise / all,
      ...effectReport(effect),
      weight_spread: weights === null ? null : spreadWeights(weights.values, weights.rows),
      activation_spread: read === null ? null : spreadActivations(read),
    };
  });
}
