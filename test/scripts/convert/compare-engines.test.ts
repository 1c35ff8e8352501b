import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ByLabel, Engine, ImageTokens, PromptIds } from '../../../functions/model/engine.ts';
import { askAll, compareAnswers } from '../../../scripts/convert/compare-engines.ts';

/** Its tokens are the picture's first two bytes; its logits tell picture and prompt. */
function echo(): Engine & { held: number } {
  const pictures = new WeakMap<ImageTokens, Uint8Array>();
  const engine = {
    held: 0,
    vision: 'onnxruntime' as const,
    async encodeImage(pixels: Uint8Array) {
      engine.held++;
      const tokens: ImageTokens = {
        patches: 1,
        width: 2,
        toArray: () => Float32Array.from(pixels.subarray(0, 2)),
        release: () => void engine.held--,
      };
      pictures.set(tokens, pixels);
      return tokens;
    },
    async judge(tokens: ImageTokens, { encoder, decoder }: PromptIds) {
      const picture = pictures.get(tokens)?.[0] ?? Number.NaN;
      return { entailment: picture, neutral: encoder[0] ?? NaN, contradiction: decoder[0] ?? NaN };
    },
    restoreImage: () => assert.fail('not asked for here'),
    encodeTestImage: () => Promise.reject(new Error('not asked for here')),
    explain: () => Promise.reject(new Error('not asked for here')),
    heapBytes: () => 0,
    release() {},
  };
  return engine;
}

const logits = (entailment: number, neutral: number, contradiction: number): ByLabel => ({
  entailment,
  neutral,
  contradiction,
});
const NONE = { tokens: [Float32Array.of(1)] };
/** A few float64 operations on numbers near 1. */
const ROUNDING = 1e-12;

describe('askAll()', () => {
  it('asks every prompt about every picture, picture by picture', async () => {
    const engine = echo();
    const prompts = [
      { encoder: [7], decoder: [8] },
      { encoder: [9], decoder: [10] },
    ];
    const answers = await askAll(engine, [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)], prompts);
    assert.deepEqual(answers.logits, [
      logits(1, 7, 8),
      logits(1, 9, 10),
      logits(4, 7, 8),
      logits(4, 9, 10),
    ]);
    assert.deepEqual(answers.tokens, [Float32Array.of(1, 2), Float32Array.of(4, 5)]);
    assert.equal(engine.held, 0);
  });
});

describe('compareAnswers()', () => {
  it('finds nothing between equal answers', () => {
    const answers = { tokens: [Float32Array.of(1, 2)], logits: [logits(1, 2, 3), logits(3, 2, 1)] };
    const expected = { questions: 2, sameLabel: 2, scoreDifference: 0, tokenError: 0 };
    assert.deepEqual(compareAnswers(answers, answers), expected);
  });

  it('compares scores, not logits: a constant added to all three changes nothing', () => {
    const moved = compareAnswers(
      { ...NONE, logits: [logits(1, 2, 3)] },
      { ...NONE, logits: [logits(11, 12, 13)] },
    );
    assert.equal(moved.sameLabel, 1);
    assert.ok(moved.scoreDifference < ROUNDING);
  });

  it('counts labels that stay and reports the largest difference of any score', () => {
    // Logits are logarithms, so that scores are the numbers in them.
    const scores = (...values: [number, number, number]) => {
      const [a, b, c] = values.map(Math.log);
      return logits(a ?? NaN, b ?? NaN, c ?? NaN);
    };
    const found = compareAnswers(
      { ...NONE, logits: [scores(0.5, 0.3, 0.2), scores(0.1, 0.6, 0.3), scores(0.2, 0.2, 0.6)] },
      { ...NONE, logits: [scores(0.55, 0.25, 0.2), scores(0.1, 0.4, 0.5), scores(0.2, 0.2, 0.6)] },
    );
    assert.equal(found.questions, 3);
    assert.equal(found.sameLabel, 2);
    assert.ok(Math.abs(found.scoreDifference - 0.2) < ROUNDING, `${found.scoreDifference}`);
  });

  it('relates the error of image tokens to their size, over all pictures', () => {
    const found = compareAnswers(
      { tokens: [Float32Array.of(3, 4), Float32Array.of(0, 0)], logits: [] },
      { tokens: [Float32Array.of(3, 4), Float32Array.of(0, 1)], logits: [] },
    );
    assert.ok(Math.abs(found.tokenError - 1 / 5) < ROUNDING, `${found.tokenError}`);
  });

  it('passes no logits that are not finite', () => {
    const broken = { ...NONE, logits: [logits(Number.NaN, 1, 2)] };
    assert.throws(() => compareAnswers(broken, broken), { code: 'inference_invalid' });
  });
});
