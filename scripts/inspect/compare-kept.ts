import type { ByLabel } from '../../functions/model/engine.ts';
import { authorModel } from '../convert/author-model.ts';
import { keptLayers } from '../convert/kept-layers.ts';
import { memoryEngine } from '../convert/memory-engine.ts';
import type { ActivationRanges } from '../convert/quantise/activation-ranges.ts';
import { answerEffect } from './answer-effect.ts';
import { effectReport } from './effect-report.ts';
import type { Inspection } from './inspection.ts';
import type { KeptReport } from './inspection-report.ts';
import type { Reference } from './reference.ts';

/** Tries the whole model in int8, as it would be served, with some layers kept in fp32. */
export async function compareKept(
  inspection: Inspection,
  reference: Reference,
  {
    ranges,
    choices,
  }: {
    readonly ranges: ActivationRanges;
    /** Each what `--keep-fp32` takes. */
    readonly choices: readonly (readonly string[])[];
  },
): Promise<KeptReport[]> {
  const { source, set, runtime, onProgress } = inspection;
  const reports: KeptReport[] = [];
  for (const names of choices) {
    onProgress('keeping layers', reports.length, choices.length);
    const kept = keptLayers(names, source.config);
    const model = authorModel(source, { dtype: 'int8', ranges, kept });
    const engine = await memoryEngine(runtime, model, 'kernels');
    const logits: ByLabel[] = [];
    try {
      for (const [index, picture] of set.pictures.entries()) {
        const tokens = await engine.encodeImage(picture);
        for (const [at, question] of set.questions.entries()) {
          if (question.picture !== index) continue;
          logits[at] = await engine.judge(tokens, question.prompt);
        }
        tokens.release();
      }
    } finally {
      engine.release();
    }
    reports.push({
      kept: names,
      bytes: Object.values(model.files).reduce((sum, file) => sum + file.length, 0),
      ...effectReport(answerEffect(set.questions, reference.logits, logits)),
    });
  }
  onProgress('keeping layers', choices.length, choices.length);
  return reports;
}
