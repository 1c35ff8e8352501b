import type { ByLabel } from '../../functions/model/engine.ts';
import { batchNormRanges } from '../convert/quantise/batch-norm-ranges.ts';
import type { Inspection } from './inspection.ts';
import { askMixed } from './mixed-judge.ts';
import { seeMixed } from './mixed-vision.ts';

/** What fp32 says: what everything else is compared with. */
export interface Reference {
  /** Image tokens of each picture. */
  readonly tokens: readonly Float32Array[];
  /** Of each question. */
  readonly logits: readonly ByLabel[];
}

/** Asks the model in fp32. */
export async function askReference(inspection: Inspection): Promise<Reference> {
  const { config, weights } = inspection.source;
  const ranges = batchNormRanges(config.resnetBlocks, weights);
  const { tokens } = await seeMixed(inspection, ranges, () => false);
  const { logits } = await askMixed(inspection, tokens, { isInt8: () => false });
  return { tokens, logits };
}
