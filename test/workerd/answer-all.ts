import assert from 'node:assert/strict';
import type { ReferenceCase } from '../lib/reference-cases.ts';
import { type AnsweredCase, answerCases } from './answer-cases.ts';
import { withSetting } from './with-setting.ts';

/** Asks a model in workerd all cases, those of either prompt type in its way. */
export async function answerAll(
  modelFolder: string,
  cases: readonly ReferenceCase[],
): Promise<AnsweredCase[]> {
  const { none, prev_output } = splitCases(cases);
  return [
    ...(await answerCases(modelFolder, prev_output)),
    ...(await answerCases(puttingItAs(modelFolder, 'none'), none)),
  ];
}

/** Sorts cases by prompt type. */
export function splitCases(
  cases: readonly ReferenceCase[],
): Record<'none' | 'prev_output', ReferenceCase[]> {
  const none = cases.filter((reference) => reference.prompt_type === 'none');
  const previous = cases.filter((reference) => reference.prompt_type === 'prev_output');
  assert.ok(none.length > 0 && none.length + previous.length === cases.length);
  return { none, prev_output: previous };
}

/** The manifest alone says how the question is put, so one conversion serves both ways to put it. */
function puttingItAs(modelFolder: string, value: string): string {
  return withSetting(modelFolder, {
    file: 'manifest.json',
    section: 'text',
    name: 'prompt_type',
    value,
  });
}
