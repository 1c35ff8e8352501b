import { LABELS } from '../../../client/index.ts';
import { type Answer, isVerdict } from '../question.ts';

/** Says in a line how the answers divide, and which model gave them. */
export function summarise(answers: readonly Answer[]): string {
  const verdicts = answers.map(({ result }) => result).filter(isVerdict);
  const counts = LABELS.map((label) => {
    const count = verdicts.filter((verdict) => verdict.label === label).length;
    return `${count} ${label}`;
  });
  const models = new Set(verdicts.map(({ model }) => `${model.name} (${model.dtype})`));
  const without = answers.length - verdicts.length;
  if (without > 0) counts.push(`${without} without an answer`);
  const questions = answers.length === 1 ? '1 question' : `${answers.length} questions`;
  return [`${questions}: ${counts.join(', ')}`, ...models].join('; ');
}
