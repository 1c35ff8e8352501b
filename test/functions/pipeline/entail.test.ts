import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import type { Codecs } from '../../../functions/image/codecs.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import type { Engine, PromptIds } from '../../../functions/model/engine.ts';
import { entail, entailBatch } from '../../../functions/pipeline/entail.ts';
import type { ImageStore, StoredImage } from '../../../functions/pipeline/image-store.ts';
import { fakeEngine } from '../model/fake-model.ts';
import { loadFake, pngCodec, smallPng } from './fake-parts.ts';

const question = { image: smallPng(), hypothesis: 'a dog', premise: null };

/** The fake model, and how many pictures it has encoded. */
async function countingModel() {
  const model = await loadFake();
  const engine = fakeEngine();
  let seen = 0;
  const counting = {
    ...engine,
    encodeImage: (pixels: Uint8Array) => {
      seen += 1;
      return engine.encodeImage(pixels);
    },
  };
  return { asking: { ...model, engine: counting }, seen: () => seen };
}

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
      model: { name: 'fake', revision: model.revision, dtype: 'fp32' },
    },
  );
  for (const label of ['entailment', 'neutral', 'contradiction'] as const) {
    // A few units in the last place, as exp() is not the same everywhere.
    assert.ok(Math.abs(verdict.scores[label] - scores[label]) < 1e-15, label);
  }
});

test('entail() sees a picture once for all sentences about it, another picture anew', async () => {
  const { asking, seen } = await countingModel();
  const other = Uint8Array.from([...question.image, 0]);
  for (const hypothesis of ['a dog', 'a cat', 'a dog']) {
    await entail(asking, pngCodec, { ...question, hypothesis });
  }
  assert.equal(seen(), 1);
  await entail(asking, pngCodec, { ...question, image: other });
  assert.equal(seen(), 2);
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

test('entail() refuses logits that are not finite, and the tokens go with the model', async () => {
  const model = await loadFake();
  const engine = fakeEngine({ entailment: Number.NaN, neutral: 0, contradiction: 0 });
  await assert.rejects(entail({ ...model, engine }, pngCodec, question), {
    code: 'inference_invalid',
  });
  model.release();
  assert.equal(engine.held.tokens, 0);
});

test('entail() leaves the tokens to the model when judging fails', async () => {
  const model = await loadFake();
  const engine = fakeEngine();
  const failing = { ...model, engine: { ...engine, judge: () => Promise.reject(new Error('no')) } };
  await assert.rejects(entail(failing, pngCodec, question), { message: 'no' });
  model.release();
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

test('entailBatch() sees the picture once and explains what has no verdict', async () => {
  const { asking, seen } = await countingModel();
  const batch = { image: question.image, hypotheses: ['a dog', '\ud800', 'a cat'], premise: null };
  const results: string[] = [];
  await entailBatch(asking, pngCodec, {
    batch,
    onResult(result) {
      results.push(result instanceof EntailError ? result.code : result.label);
    },
  });
  assert.deepEqual(results, ['contradiction', 'bad_text', 'contradiction']);
  assert.equal(seen(), 1);
});

test('entailBatch() fails as a whole when the premise, the picture or the runtime does', async () => {
  const model = await loadFake();
  const dead = new EntailError('runtime_dead', 'gone');
  const failing = { ...model.engine, judge: () => Promise.reject(dead) };
  const batch = { image: question.image, hypotheses: ['a dog'], premise: null };
  for (const [code, asked, changed] of [
    ['bad_text', model, { premise: '\ud800' }],
    ['unsupported_media', model, { image: new Uint8Array(100) }],
    ['runtime_dead', { ...model, engine: failing }, {}],
  ] as const) {
    const onResult = () => assert.fail('nothing to tell');
    await assert.rejects(
      entailBatch(asked, pngCodec, { batch: { ...batch, ...changed }, onResult }),
      { code },
    );
  }
});

test('entail() takes tokens that another isolate made for the same file and model, and offers its own', async () => {
  const model = await loadFake();
  const stored = new Map<string, StoredImage>();
  const images: ImageStore = {
    get: async (key) => stored.get(key) ?? null,
    put: (key, image) => void stored.set(key, image),
  };
  const verdict = await entail({ ...model, images }, pngCodec, question);
  const [key = ''] = stored.keys();
  const hash = createHash('sha256').update(question.image).digest('hex');
  assert.equal(key, `${model.revision}/onnxruntime/${hash}`);
  const never = () => assert.fail('a codec was called');
  const blind: Codecs = { jpeg: never, png: never };
  const again = { ...(await loadFake()), images };
  assert.deepEqual(await entail(again, blind, question), verdict);
  // Of another shape than the model's: not its tokens, whatever the cache says.
  stored.set(key, { ...(stored.get(key) ?? assert.fail()), tokens: new Float32Array(31) });
  const third = { ...(await loadFake()), images };
  await assert.rejects(entail(third, blind, question), /a codec was called/);
});

test('entail() says where the model looked when asked, six significant digits a cell, and entailBatch() for each', async () => {
  const model = await loadFake();
  const explanation = { grid: [2, 2], attention: [0.1, 0.2, 0.3, 0.333333] };
  const { explanation: found, ...rest } = await entail(model, pngCodec, {
    ...question,
    explain: true,
  });
  assert.deepEqual(found, explanation);
  assert.deepEqual(rest, await entail(model, pngCodec, question));
  const { image, premise } = question;
  const results: unknown[] = [];
  const batch = { image, premise, hypotheses: ['a dog', 'a cat'], explain: true };
  const onResult = (result: unknown) => {
    results.push(result);
  };
  await entailBatch(model, pngCodec, { batch, onResult });
  assert.deepEqual(results, [
    { ...rest, explanation },
    { ...rest, explanation },
  ]);
});
