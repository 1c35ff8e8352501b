import assert from 'node:assert/strict';
import { ANSWERS, type Verdict } from '../../functions/pipeline/verdict.ts';
import { verdictSchema } from '../../functions/pipeline/verdict-schema.ts';
import type { Answer } from './post-entail.ts';

/** Three float64 quotients of one sum are off by a few units in the last place at most. */
const MAX_SUM_ERROR = 1e-12;

/** Asserts that an answer is a verdict whose parts agree with each other. */
export function expectVerdict({ status, headers, text }: Answer): Verdict {
  assert.equal(status, 200, text);
  assert.match(headers.get('Content-Type') ?? '', /^application\/json/);
  const verdict = verdictSchema.parse(JSON.parse(text));
  const { entailment, neutral, contradiction } = verdict.scores;
  assert.ok(Math.abs(entailment + neutral + contradiction - 1) < MAX_SUM_ERROR, text);
  const best = Math.max(entailment, neutral, contradiction);
  assert.equal(verdict.scores[verdict.label], best, text);
  assert.equal(verdict.answer, ANSWERS[verdict.label]);
  return verdict;
}
