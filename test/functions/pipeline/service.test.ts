import assert from 'node:assert/strict';
import test from 'node:test';
import { systemClock } from '../../../functions/lib/clock.ts';
import { EntailError } from '../../../functions/lib/entail-error.ts';
import type { Engine } from '../../../functions/model/engine.ts';
import { createModelLoader } from '../../../functions/model/model-loader.ts';
import type { ShardStore } from '../../../functions/model/shard-store.ts';
import { createService } from '../../../functions/pipeline/service.ts';
import { createSlot, MAX_WAITING_REQUESTS } from '../../../functions/pipeline/slot.ts';
import { fakeEngine, fakeModel, mapStore } from '../model/fake-model.ts';
import { loadFake, pngCodec, smallPng } from './fake-parts.ts';

const question = { image: smallPng(), hypothesis: 'a dog', premise: null };

function setUp(engine: Engine = fakeEngine(), store: ShardStore = mapStore(fakeModel().blobs)) {
  const kept: Promise<unknown>[] = [];
  const service = createService({
    loader: createModelLoader(() => loadFake(engine, store), systemClock),
    slot: createSlot(systemClock),
    codecs: pngCodec,
  });
  const keepAlive = (work: Promise<unknown>) => void kept.push(work);
  return { service, keepAlive, kept };
}

test('answer() to ten first requests at once loads each blob once and answers all alike', async () => {
  const { blobs } = fakeModel();
  const log: string[] = [];
  const { service, keepAlive } = setUp(fakeEngine(), mapStore(blobs, log));
  const verdicts = await Promise.all(
    Array.from({ length: 10 }, () => service.answer(keepAlive, async () => question)),
  );
  for (const verdict of verdicts) assert.deepEqual(verdict, verdicts[0]);
  assert.deepEqual(log.toSorted(), [...blobs.keys()].toSorted());
});

test('answer() has one question under way at a time', async () => {
  let underWay = 0;
  let most = 0;
  const { service, keepAlive } = setUp();
  await Promise.all(
    Array.from({ length: 5 }, () =>
      service.answer(keepAlive, async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await systemClock.sleep(5);
        underWay -= 1;
        return question;
      }),
    ),
  );
  assert.equal(most, 1);
});

test('answer() reads no question of those it turns away', async () => {
  const { service, keepAlive } = setUp();
  await service.model(keepAlive);
  let read = 0;
  const answers = Array.from({ length: MAX_WAITING_REQUESTS + 3 }, () =>
    service.answer(keepAlive, async () => {
      read += 1;
      return question;
    }),
  );
  const outcomes = await Promise.allSettled(answers);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['overloaded', 'overloaded'],
  );
  assert.equal(read, MAX_WAITING_REQUESTS + 1);
});

test('answer() reads no question while there is no model, and heals when the shard is back', async () => {
  const { manifest, blobs } = fakeModel();
  const key = `${manifest.files.embeddings.shards[1]?.sha256}.bin`;
  const shard = blobs.get(key) ?? assert.fail();
  blobs.delete(key);
  const { service, keepAlive } = setUp(fakeEngine(), mapStore(blobs));
  await assert.rejects(
    service.answer(keepAlive, () => assert.fail('read')),
    { code: 'model_missing' },
  );
  blobs.set(key, shard);
  const verdict = await service.answer(keepAlive, async () => question);
  assert.equal(verdict.label, 'contradiction');
});

test('answer() frees the slot after a failure', async () => {
  const { service, keepAlive } = setUp();
  const failing = () => Promise.reject(new EntailError('length_mismatch', 'cut'));
  for (let i = 0; i < 3; i += 1) {
    await assert.rejects(service.answer(keepAlive, failing), { code: 'length_mismatch' });
  }
  assert.equal((await service.answer(keepAlive, async () => question)).answer, 'no');
});

test('answer() keeps its work alive, and a failure of it is no unhandled rejection', async () => {
  const { service, keepAlive, kept } = setUp();
  const failing = () => Promise.reject(new EntailError('length_mismatch', 'cut'));
  await assert.rejects(service.answer(keepAlive, failing));
  assert.equal(kept.length, 2, 'the load and the work');
  await Promise.all(kept);
});

test('answer() ends the isolate when the runtime breaks', async () => {
  const engine = fakeEngine();
  const { service, keepAlive } = setUp(engine);
  await service.model(keepAlive);
  engine.encodeImage = () => Promise.reject(new EntailError('runtime_dead', 'out of memory'));
  for (let i = 0; i < 2; i += 1) {
    await assert.rejects(
      service.answer(keepAlive, async () => question),
      { code: 'runtime_dead' },
    );
  }
  await assert.rejects(service.model(keepAlive), { code: 'runtime_dead' });
});

test('answer() refuses logits that are no numbers, and the next question is answered', async () => {
  const engine = fakeEngine();
  const { service, keepAlive } = setUp({
    ...engine,
    async judge(tokens, prompt) {
      const logits = await engine.judge(tokens, prompt);
      // The self-test asks first.
      return engine.held.asked === 2 ? { ...logits, neutral: Number.NaN } : logits;
    },
  });
  const ask = () => service.answer(keepAlive, async () => question);
  await assert.rejects(ask, { code: 'inference_invalid' });
  assert.equal((await ask()).label, 'contradiction');
});
