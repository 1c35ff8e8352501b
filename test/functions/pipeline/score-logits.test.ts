import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { scoreLogits } from '../../../functions/pipeline/score-logits.ts';

test('scoreLogits() is the softmax of the three logits', () => {
  // The first of the published implementation's cases on the small checkpoint, from float32
  // arithmetic and printed with six digits: hence 1e-6.
  const { label, scores } = scoreLogits({
    entailment: 0.636667,
    contradiction: 0.543397,
    neutral: 0.498668,
  });
  assert.equal(label, 'entailment');
  assert.ok(Math.abs(scores.entailment - 0.359448) < 1e-6);
  assert.ok(Math.abs(scores.contradiction - 0.327438) < 1e-6);
  assert.ok(Math.abs(scores.neutral - 0.313115) < 1e-6);
});

test('scoreLogits() labels with the highest score', () => {
  for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
    const logits = { entailment: 0, neutral: 0, contradiction: 0, [label]: 1 };
    assert.equal(scoreLogits(logits).label, label);
  }
  assert.equal(scoreLogits({ entailment: 0, neutral: 1, contradiction: 1 }).label, 'neutral');
});

test('scoreLogits() sums to 1 for any finite float32 logits', () => {
  const logit = fc.float({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(logit, logit, logit, (entailment, neutral, contradiction) => {
      const { label, scores } = scoreLogits({ entailment, neutral, contradiction });
      const values = Object.values(scores);
      // Three roundings of quotients below 1.
      assert.ok(Math.abs(values.reduce((a, b) => a + b, 0) - 1) <= 1e-12);
      assert.equal(scores[label], Math.max(...values));
    }),
  );
});

test('scoreLogits() refuses a logit that is not finite', () => {
  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const label of ['entailment', 'neutral', 'contradiction']) {
      const logits = { entailment: 0, neutral: 0, contradiction: 0, [label]: broken };
      assert.throws(() => scoreLogits(logits), { code: 'inference_invalid' });
    }
  }
  assert.throws(
    () =>
      scoreLogits({
        entailment: Number.NEGATIVE_INFINITY,
        neutral: 0,
        contradiction: 0,
      }),
    { code: 'inference_invalid' },
  );
});
