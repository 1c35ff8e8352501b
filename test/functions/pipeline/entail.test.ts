import assert from 'node:assert/strict';
import test from 'node:test';
import type { Codecs } from '../../../functions/image/codecs.ts';
import type { Engine, PromptIds } from '../../../functions/model/engine.ts';
import { entail } from '../../../functions/pipeline/entail.ts';
import { fakeEngine } from '../model/fake-model.ts';
import { loadFake, pngCodec, smallPng } from './fake-parts.ts';

const question = { image: smallPng(), hypothesis: 'a dog', premise: null };

test('entail() answers in the shape of the API', async () => {
  const model = await loadFake();
  // softmax(0.5, -1, 2), worked out apart from this program.
  const scores = {
    entailment: 0.1752903921400367,
    neutral: 0.03911257327068745,
    contradiction: 0.7855970345892759,
  };
  const verdict = await entail(model, pngCodec, question);
  assert.deepEqual(
    { ...verdict, scores: null },
    {
      label: 'contradiction',
      answer: 'no',
      scores: null,
      image: { format: 'png', width: 4, height: 3 },
      model: { name: 'fake', revision: model.revision, dtype: 'int8' },
    },
  );
  for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
    // A few units in the last place, as exp() is not the same everywhere.
    assert.ok(Math.abs(verdict.scores[label] - scores[label]) < 1e-15, label);
  }
});

test('entail() names the answer of each label', async () => {
  for (const [label, answer] of [
    ['entailment', 'yes'],
    ['neutral', 'maybe'],
    ['contradiction', 'no'],
  ] as const) {
    const model = await loadFake();
    const logits = { entailment: 0, neutral: 0, contradiction: 0, [label]: 1 };
    const verdict = await entail({ ...model, engine: fakeEngine(logits) }, pngCodec, question);
    assert.deepEqual([verdict.label, verdict.answer], [label, answer]);
  }
});

test('entail() asks with pixels of the model and the prompt of both texts', async () => {
  const model = await loadFake();
  const seen: { pixels: number; prompts: PromptIds[] } = { pixels: 0, prompts: [] };
  const engine: Engine = {
    ...fakeEngine(),
    async judge(_tokens, prompt) {
      seen.prompts.push(prompt);
      return { entailment: 0, neutral: 0, contradiction: 0 };
    },
  };
  const encodeImage = engine.encodeImage;
  engine.encodeImage = (pixels) => {
    seen.pixels = pixels.length;
    return encodeImage(pixels);
  };
  const asking = { ...model, engine };
  await entail(asking, pngCodec, question);
  await entail(asking, pngCodec, { ...question, premise: 'a cat' });
  assert.equal(seen.pixels, 32 * 32 * 3);
  const bytes = (ids: readonly number[]) =>
    String.fromCharCode(...ids.filter((id) => id >= 4).map((id) => id - 4));
  assert.equal(bytes(seen.prompts[0]?.encoder ?? []), ' does the image describe " a dog "?');
  assert.equal(
    bytes(seen.prompts[1]?.encoder ?? []),
    ' can image and text1 " a cat " imply text2 " a dog "?',
  );
  assert.deepEqual(seen.prompts[0]?.decoder, seen.prompts[0]?.encoder.slice(0, -1));
});

test('entail() refuses logits that are not finite, and gives the tokens back', async () => {
  const model = await loadFake();
  const engine = fakeEngine({ entailment: Number.NaN, neutral: 0, contradiction: 0 });
  await assert.rejects(entail({ ...model, engine }, pngCodec, question), {
    code: 'inference_invalid',
  });
  assert.equal(engine.held.tokens, 0);
});

test('entail() gives the tokens back when judging fails', async () => {
  const model = await loadFake();
  const engine = fakeEngine();
  const failing = { ...model, engine: { ...engine, judge: () => Promise.reject(new Error('no')) } };
  await assert.rejects(entail(failing, pngCodec, question), { message: 'no' });
  assert.equal(engine.held.tokens, 0);
});

test('entail() checks the texts before any codec runs', async () => {
  const model = await loadFake();
  const codecs: Codecs = {
    jpeg: () => assert.fail('a codec ran'),
    png: () => assert.fail('a codec ran'),
  };
  await assert.rejects(entail(model, codecs, { ...question, hypothesis: ' ' }), {
    code: 'invalid_request',
  });
  await assert.rejects(entail(model, codecs, { ...question, premise: 'a\u0000b' }), {
    code: 'bad_text',
  });
});
