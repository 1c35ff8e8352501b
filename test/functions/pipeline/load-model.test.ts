import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { readManifest } from '../../../functions/model/read-manifest.ts';
import { serialiseManifest } from '../../../functions/model/serialise-manifest.ts';
import { loadModel } from '../../../functions/pipeline/load-model.ts';
import { FAKE_LOGITS, fakeEngine, fakeModel, mapStore } from '../model/fake-model.ts';
import { loadFake } from './fake-parts.ts';

test('loadModel() reads the manifest and each shard once', async () => {
  const { manifest, blobs } = fakeModel();
  const log: string[] = [];
  const model = await loadFake(fakeEngine(), mapStore(blobs, log));
  assert.deepEqual(model.manifest, manifest);
  assert.deepEqual(log.toSorted(), [...blobs.keys()].toSorted());
  assert.deepEqual(model.tokenizer.encode('A'), [4 + 65]);
});

test('loadModel() names the revision after the manifest', async () => {
  const { manifest } = fakeModel();
  const hash = createHash('sha256').update(serialiseManifest(manifest)).digest('hex');
  assert.equal((await loadFake()).revision, `sha256:${hash}`);
});

test('loadModel() leaves no tokens behind, and release() no engine', async () => {
  const engine = fakeEngine();
  const model = await loadFake(engine);
  assert.deepEqual(engine.held, { tokens: 0, engines: 1, asked: 1 });
  model.release();
  assert.equal(engine.held.engines, 0);
});

test('loadModel() gives the engine back when the self-test does not reproduce', async () => {
  const engine = fakeEngine({ ...FAKE_LOGITS, neutral: FAKE_LOGITS.neutral + 0.002 });
  await assert.rejects(loadFake(engine), { code: 'model_integrity', message: /self-test/ });
  assert.deepEqual(engine.held, { tokens: 0, engines: 0, asked: 1 });
});

test('loadModel() gives the engine back when another load has taken over', async () => {
  const engine = fakeEngine();
  let takenOver = false;
  const parts = {
    store: mapStore(fakeModel().blobs),
    readManifest,
    clock: systemClock,
    images: null,
    alive() {
      if (takenOver) throw new Error('taken over');
    },
    async openEngine() {
      takenOver = true;
      return engine;
    },
  };
  await assert.rejects(loadModel(parts), { message: 'taken over' });
  assert.deepEqual(engine.held, { tokens: 0, engines: 0, asked: 0 });
});

test('loadModel() refuses a tokenizer with more tokens than embeddings', async () => {
  const { manifest, blobs } = fakeModel();
  const rows = manifest.text.rows - 1;
  const embeddings = { bytes: rows * 32, shards: [{ sha256: 'a'.repeat(64), bytes: rows * 32 }] };
  blobs.set(
    'manifest.json',
    serialiseManifest({
      ...manifest,
      text: { ...manifest.text, rows },
      files: { ...manifest.files, embeddings },
    }),
  );
  await assert.rejects(loadFake(fakeEngine(), mapStore(blobs)), {
    code: 'model_integrity',
    message: /260 tokens, embeddings for 259/,
  });
});

test('loadModel() refuses a flipped bit in any blob', async () => {
  for (const key of fakeModel().blobs.keys()) {
    const { blobs } = fakeModel();
    const bytes = blobs.get(key)?.slice() ?? assert.fail();
    // In the manifest: the first brace. Elsewhere any byte will do.
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    blobs.set(key, bytes);
    await assert.rejects(loadFake(fakeEngine(), mapStore(blobs)), { code: 'model_integrity' });
  }
});
