import type { OrtRuntime } from '../../functions/model/ort-runtime.ts';
import { authorModel } from '../convert/author-model.ts';
import { memoryEngine } from '../convert/memory-engine.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { answerEffect } from './answer-effect.ts';
import { decibels } from './decibels.ts';
import { effectReport } from './effect-report.ts';
import type { Inspection } from './inspection.ts';
import type { RangeReport } from './inspection-report.ts';
import { askMixed } from './mixed-judge.ts';
import type { Reference } from './reference.ts';
import { tensorNoise } from './tensor-noise.ts';

/** Compares ways to choose ranges: vision on the kernels as a converted model has them, the judge in fp32. */
export async function compareRanges(
  inspection: Inspection,
  reference: Reference,
  choices: ReadonlyMap<string, ActivationRanges>,
): Promise<RangeReport[]> {
  const { set, runtime, onProgress } = inspection;
  const reports: RangeReport[] = [];
  for (const [choice, ranges] of choices) {
    onProgress('comparing ranges', reports.length, choices.size);
    const tokens = await seeByKernels(runtime, inspection, ranges);
    const { logits } = await askMixed(inspection, tokens, { isInt8: () => false });
    reports.push({
      choice,
      tokens_db: decibels(tensorNoise(reference.tokens, tokens)),
      ...effectReport(answerEffect(set.questions, reference.logits, logits)),
    });
  }
  onProgress('comparing ranges', choices.size, choices.size);
  return reports;
}

async function seeByKernels(
  runtime: OrtRuntime,
  { source, set }: Inspection,
  ranges: ActivationRanges,
): Promise<Float32Array[]> {
  const engine = await memoryEngine(
    runtime,
    authorModel(source, { dtype: 'int8', ranges }),
    'kernels',
  );
  try {
    const all: Float32Array[] = [];
    for (const picture of set.pictures) {
      const tokens = await engine.encodeImage(picture);
      all.push(tokens.toArray());
      tokens.release();
    }
    return all;
  } finally {
    engine.release();
  }
}
