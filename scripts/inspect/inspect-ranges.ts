import { visionShape } from '../convert/model-shape.ts';
import type { ActivationHistogram } from '../convert/quantise/activation-histogram.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { batchNormRanges, DEVIATIONS } from '../convert/quantise/batch-norm-ranges.ts';
import { calibrate } from '../convert/quantise/calibrate.ts';
import { chooseRanges, RANGE_CHOICES } from '../convert/quantise/choose-range.ts';
import { compareRanges } from './compare-ranges.ts';
import { inspectSites } from './inspect-sites.ts';
import type { Inspection } from './inspection.ts';
import type { InspectionReport } from './inspection-report.ts';
import type { Reference } from './reference.ts';

/** Ranges from BatchNorm statistics alone, as the converter takes them without pictures. */
export const BATCH_NORM = 'batch-norm';
/** Deviations that are compared beside the converter's own. */
const OTHER_DEVIATIONS = [5, 8, 12];

/** Ranges compared, and those that were asked for. */
export interface InspectedRanges extends Pick<InspectionReport, 'ranges' | 'sites'> {
  readonly chosen: ActivationRanges;
  /** What the pictures showed at each site. */
  readonly seen: ReadonlyMap<string, ActivationHistogram>;
}

/**
 * Compares all ways to choose the ranges of vision's activations.
 *
 * @param from The way that further figures are for: {@linkcode BATCH_NORM}, or one of `RANGE_CHOICES`.
 * @throws {RangeError} There is no such way.
 */
export async function inspectRanges(
  inspection: Inspection,
  reference: Reference,
  from: string,
): Promise<InspectedRanges> {
  const { set, onProgress, source, runtime } = inspection;
  const { config, weights } = source;
  const seen = await calibrate(runtime, {
    shape: visionShape(config),
    weights,
    normalisation: { mean: config.imageMean, std: config.imageStd },
    pictures: set.calibration,
    onPicture: (done) => onProgress('watching activations', done, set.calibration.length),
  });
  const fromStatistics = (deviations: number) =>
    batchNormRanges(config.resnetBlocks, weights, deviations);
  const choices = new Map<string, ActivationRanges>([
    [BATCH_NORM, fromStatistics(DEVIATIONS)],
    ...OTHER_DEVIATIONS.map((many) => [`${BATCH_NORM} ${many}`, fromStatistics(many)] as const),
    ...RANGE_CHOICES.map((choice) => [choice, chooseRanges(seen, choice)] as const),
  ]);
  const chosen = choices.get(from);
  if (chosen === undefined) {
    throw new RangeError(
      `cannot inspect: ranges ${from}, known are ${[...choices.keys()].join(', ')}`,
    );
  }
  return {
    ranges: await compareRanges(inspection, reference, choices),
    sites: inspectSites(chosen, seen),
    chosen,
    seen,
  };
}
