import type { Problem, Verdict } from '../../../client/index.ts';
import { troubleOf } from '../errors/trouble.ts';
import { lookOf } from './labels.ts';
import { percent } from './percent.ts';

/** Says a result in a few words, for those who hear the page. */
export function describeResult(result: Verdict | Problem): string {
  if (!('label' in result)) return troubleOf(result).advice.title;
  const { name, meaning } = lookOf(result.label);
  return `${name}, ${percent(result.scores[result.label])}: ${meaning}.`;
}
