import type { Agreement } from './compare-engines.ts';
import type { ConversionReport } from './convert-model.ts';
import { RANGE_CHOICES } from './quantise/choose-range.ts';

/** A trained network is off by 0.05 to 0.1; above this labels flip sooner or later, though the questions asked kept theirs. */
const MAX_TOKEN_ERROR = 0.5;

/** Says how well int8 reproduces fp32 and, where that is not well, what to do about it. */
export function describeAgreement(
  { questions, sameLabel, scoreDifference, tokenError }: Agreement,
  ranges: ConversionReport['ranges'],
): string[] {
  const figures = [
    `same label            ${sameLabel} of ${questions}`,
    `largest score change  ${scoreDifference.toFixed(4)}`,
    `image tokens          ${(100 * tokenError).toFixed(2)} % relative error`,
  ];
  if (sameLabel === questions && tokenError <= MAX_TOKEN_ERROR) return figures;
  const ways = [
    ...(ranges === 'pictures'
      ? [`compare ways to choose them: ${RANGE_CHOICES.map((way) => `--ranges ${way}`).join(', ')}`]
      : ['take ranges from pictures of your own kind: --calibration DIR, with 50 to 256 of them']),
    'see which layers it comes from: npm run model:inspect -- --from CHECKPOINT --pictures DIR',
    'where there is room, as in Node, do without int8: --dtype fp32',
  ];
  return [
    ...figures,
    'int8 answers otherwise than this checkpoint does:',
    ...ways.map((way) => `  - ${way}`),
  ];
}
