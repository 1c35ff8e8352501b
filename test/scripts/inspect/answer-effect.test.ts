import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerEffect } from '../../../scripts/inspect/answer-effect.ts';
import { decibels } from '../../../scripts/inspect/decibels.ts';

const prompt = { encoder: [0], decoder: [0] };
const logits = (entailment: number, neutral: number, contradiction: number) => ({
  entailment,
  neutral,
  contradiction,
});
/** Scores 1/2, 1/4, 1/4. */
const half = logits(Math.log(2), 0, 0);
/** Scores 1/4, 1/2, 1/4. */
const other = logits(0, Math.log(2), 0);

describe('answerEffect()', () => {
  it('counts labels that changed, and takes largest and mean change of a score', () => {
    const questions = [0, 1].map((picture) => ({ picture, prompt, label: null }));
    const { flips, largest, mean, right } = answerEffect(questions, [half, half], [half, other]);
    assert.equal(flips, 1);
    assert.ok(Math.abs(largest - 0.25) < 1e-12 && Math.abs(mean - 0.125) < 1e-12);
    assert.equal(right, null);
  });

  it('counts right answers among those whose truth is known', () => {
    const questions = (['entailment', 'neutral', null] as const).map((label) => ({
      picture: 0,
      prompt,
      label,
    }));
    const { right } = answerEffect(questions, [half, half, half], [half, half, half]);
    assert.equal(right, 1);
  });

  it('does not see what all three logits have in common', () => {
    const questions = [{ picture: 0, prompt, label: null }];
    const { answers } = answerEffect(questions, [logits(1, 2, 3)], [logits(6, 7, 8)]);
    assert.deepEqual(answers, { signal: 2, noise: 0 });
  });

  it('sees a change where the scores are sure', () => {
    const questions = [{ picture: 0, prompt, label: null }];
    const { answers, largest } = answerEffect(questions, [logits(90, 0, 0)], [logits(81, 0, 0)]);
    assert.ok(largest < 1e-12);
    assert.ok(Math.abs(decibels(answers) - 20) < 1e-9);
  });

  it('refuses to compare with nothing', () => {
    const questions = [{ picture: 0, prompt, label: null }];
    assert.throws(() => answerEffect(questions, [half], []), /no answer to 0/);
  });
});
