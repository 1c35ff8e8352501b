import type { Problem, Verdict } from '../../../client/index.ts';
import { LABELS } from '../verdict/labels.ts';

/**
 * Says how alike two places answered one question.
 *
 * @param results Of one place, in the order of the sentences.
 * @param others Of the other place.
 */
export function compareResults(
  results: readonly (Verdict | Problem)[],
  others: readonly (Verdict | Problem)[],
): string {
  let different = 0;
  let largest = 0;
  results.forEach((result, i) => {
    const other = others[i];
    if (other === undefined || !('label' in result) || !('label' in other)) return;
    if (result.label !== other.label) different += 1;
    for (const { label } of LABELS) {
      largest = Math.max(largest, Math.abs(result.scores[label] - other.scores[label]));
    }
  });
  const labels =
    different === 0 ? 'Same labels' : `${different} of ${results.length} labels differ`;
  if (largest === 0) return `${labels}, and the scores are equal to the last bit.`;
  return `${labels}; the scores differ by at most ${largest.toExponential(0)}.`;
}
