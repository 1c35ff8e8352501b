import type { Verdict } from '../../../client/index.ts';
import { describeVerdict } from '../../lib/describe-verdict.ts';
import { type Answer, isVerdict } from '../question.ts';

/**
 * Writes what there is to say of one picture, for a person: bars, then the picture and the model.
 *
 * @param stream Where it will be shown; colours follow what it can do, and NO_COLOR.
 */
export function onePictureOutput(
  answers: readonly Answer[],
  stream: NodeJS.WritableStream,
): string {
  const blocks = answers.flatMap(({ hypothesis, result }) =>
    isVerdict(result) ? describeVerdict(hypothesis, result, stream) : [],
  );
  const [verdict] = verdictsOf(answers);
  if (verdict === undefined) return '';
  const { image, model } = verdict;
  const { format, width, height } = image;
  return [...blocks, '', `${format} ${width}x${height}, ${model.name} (${model.dtype})`].join('\n');
}

/** Writes the verdicts on one picture as an array; nothing when one is lacking, as it would not be the answer to what was asked. */
export function onePictureJson(answers: readonly Answer[]): string {
  const verdicts = verdictsOf(answers);
  return verdicts.length === answers.length ? JSON.stringify(verdicts, null, 2) : '';
}

function verdictsOf(answers: readonly Answer[]): Verdict[] {
  return answers.map(({ result }) => result).filter(isVerdict);
}
