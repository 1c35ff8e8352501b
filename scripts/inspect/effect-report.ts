import type { AnswerEffect } from './answer-effect.ts';
import { decibels } from './decibels.ts';
import type { EffectReport } from './inspection-report.ts';

/** Numbers for a table. */
export function effectReport({ answers, ...effect }: AnswerEffect): EffectReport {
  return { ...effect, answers_db: decibels(answers) };
}
