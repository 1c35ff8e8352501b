import { scoreLogits } from '../../functions/pipeline/score-logits.ts';
import { visionShape } from '../convert/model-shape.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { batchNormRanges, DEVIATIONS } from '../convert/quantise/batch-norm-ranges.ts';
import { calibrate } from '../convert/quantise/calibrate.ts';
import { chooseRanges, RANGE_CHOICES } from '../convert/quantise/choose-range.ts';
import { compareKept } from './compare-kept.ts';
import { compareRanges } from './compare-ranges.ts';
import { inspectLayers } from './inspect-layers.ts';
import { inspectSites } from './inspect-sites.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionReport, LayerReport } from './inspection-report.ts';
import { askReference } from './reference.ts';

/** Ranges from BatchNorm statistics alone, as the converter takes them without pictures. */
export const BATCH_NORM = 'batch-norm';
/** Deviations that are compared beside the converter's own. */
const OTHER_DEVIATIONS = [5, 8, 12];
/** How many of the judge's largest offenders are kept in fp32 at a time. */
const KEPT_COUNTS = [1, 4];

/**
 * Inspects what int8 does to a model.
 *
 * @param rangesFrom Where the ranges of the layers' table come from: {@linkcode BATCH_NORM}, or one of `RANGE_CHOICES`.
 * @throws {RangeError} There are no such ranges.
 */
export async function inspectModel(
  inspection: Inspection,
  rangesFrom: string,
): Promise<InspectionReport> {
  const { set, onProgress, source } = inspection;
  onProgress('asking fp32', 0, 1);
  const reference = await askReference(inspection);
  onProgress('asking fp32', 1, 1);
  const seen = await calibrate(inspection.runtime, {
    shape: visionShape(source.config),
    weights: source.weights,
    normalisation: { mean: source.config.imageMean, std: source.config.imageStd },
    pictures: set.calibration,
    onPicture: (done) => onProgress('watching activations', done, set.calibration.length),
  });
  const choices = rangeChoices(inspection, seen);
  const ranges = choices.get(rangesFrom);
  if (ranges === undefined) {
    throw new RangeError(
      `cannot inspect: ranges ${rangesFrom}, known are ${[...choices.keys()].join(', ')}`,
    );
  }
  const layers = await inspectLayers(inspection, reference, { ranges, seen });
  return {
    pictures: set.pictures.length,
    questions: set.questions.length,
    calibration: set.calibration.length,
    ranges_from: rangesFrom,
    fp32_right: countRight(inspection, reference.logits),
    layers,
    ranges: await compareRanges(inspection, reference, choices),
    sites: inspectSites(ranges, seen),
    kept: await compareKept(inspection, reference, { ranges, choices: keptChoices(layers) }),
  };
}

function rangeChoices(
  { source: { config, weights } }: Inspection,
  seen: Awaited<ReturnType<typeof calibrate>>,
): ReadonlyMap<string, ActivationRanges> {
  const fromStatistics = (deviations: number) =>
    batchNormRanges(config.resnetBlocks, weights, deviations);
  return new Map<string, ActivationRanges>([
    [BATCH_NORM, fromStatistics(DEVIATIONS)],
    ...OTHER_DEVIATIONS.map(
      (deviations) => [`${BATCH_NORM} ${deviations}`, fromStatistics(deviations)] as const,
    ),
    ...RANGE_CHOICES.map((choice) => [choice, chooseRanges(seen, choice)] as const),
  ]);
}

/** Nothing; the largest offenders that can be kept; all of the decoder; all of the judge. */
function keptChoices(layers: readonly LayerReport[]): string[][] {
  const offenders = layers
    .filter(({ part }) => part === 'encoder' || part === 'decoder')
    .toSorted((a, b) => b.share - a.share)
    .map(({ name }) => name);
  return [
    [],
    ...KEPT_COUNTS.map((count) => offenders.slice(0, count)),
    ['decoder'],
    ['encoder', 'decoder'],
  ];
}

function countRight(
  { set }: Inspection,
  logits: readonly Parameters<typeof scoreLogits>[0][],
): number | null {
  if (set.questions.every(({ label }) => label === null)) return null;
  return set.questions.filter(({ label }, at) => {
    const answer = logits[at];
    return answer !== undefined && scoreLogits(answer).label === label;
  }).length;
}
