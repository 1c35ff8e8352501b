import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unpickle } from '../../../../../scripts/convert/checkpoint/pickle/unpickle.ts';
import { stateDictOf } from '../../../../../scripts/convert/checkpoint/state-dict-of.ts';
import { TORCH_WORLD } from '../../../../../scripts/convert/checkpoint/torch-world.ts';
import { ConvertError } from '../../../../../scripts/convert/convert-error.ts';
import { pickleStateDict } from '../../../../../scripts/synthetic/pickle-state-dict.ts';
import { PickleWriter } from '../../../../../scripts/synthetic/pickle-writer.ts';
import { storageWith } from '../temporary-checkpoint.ts';

function goodPickle(): Uint8Array {
  const storage = storageWith('float32', new Float32Array(6));
  const pickle = new PickleWriter();
  const keys = ['encoder.a.weight', 'encoder.b.weight', 'decoder.c.bias'];
  const tensors = keys.map((key) => ({ key, shape: [2, 3], storage }));
  pickleStateDict(pickle, tensors, [storage]);
  return pickle.finish();
}

/** Reads, and lets only our own error pass. */
function readOrRefuse(bytes: Uint8Array): void {
  try {
    stateDictOf(unpickle(bytes, TORCH_WORLD));
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
  }
}

test('unpickle() answers any damage to a good pickle with a state dict or a ConvertError', () => {
  const good = goodPickle();
  assert.equal(stateDictOf(unpickle(good, TORCH_WORLD)).size, 3);
  const place = fc.nat({ max: good.length - 1 });
  const damage = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(damage, (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      readOrRefuse(bytes);
    }),
    { numRuns: 3000 },
  );
});

test('unpickle() answers arbitrary bytes with a value or a ConvertError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => readOrRefuse(bytes)),
    { numRuns: 3000 },
  );
});
