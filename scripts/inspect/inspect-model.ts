import { scoreLogits } from '../../functions/pipeline/score-logits.ts';
import { compareKept } from './compare-kept.ts';
import { inspectLayers } from './inspect-layers.ts';
import { inspectRanges } from './inspect-ranges.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionReport, LayerReport } from './inspection-report.ts';
import { askReference } from './reference.ts';

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
  const { set, onProgress } = inspection;
  onProgress('asking fp32', 0, 1);
  const reference = await askReference(inspection);
  onProgress('asking fp32', 1, 1);
  const { ranges, sites, chosen, seen } = await inspectRanges(inspection, reference, rangesFrom);
  const layers = await inspectLayers(inspection, reference, { ranges: chosen, seen });
  return {
    pictures: set.pictures.length,
    questions: set.questions.length,
    calibration: set.calibration.length,
    ranges_from: rangesFrom,
    fp32_right: countRight(inspection, reference.logits),
    layers,
    ranges,
    sites,
    kept: await compareKept(inspection, reference, {
      ranges: chosen,
      choices: keptChoices(layers),
    }),
  };
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
