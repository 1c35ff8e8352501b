import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Checkpoint } from '../../../scripts/convert/checkpoint/checkpoint.ts';
import { expectedTensors } from '../../../scripts/convert/checkpoint/expected-tensors.ts';
import {
  StorageReference,
  TensorReference,
} from '../../../scripts/convert/checkpoint/tensor-reference.ts';
import { readWeights } from '../../../scripts/convert/read-weights.ts';
import { SYNTHETIC_SHAPES } from '../../../scripts/synthetic/synthetic-shapes.ts';

const config = { ...SYNTHETIC_SHAPES.micro, vocabSize: 40 };
const EXPECTED = expectedTensors(config);

/** A checkpoint in memory: tensor number n is filled with n; some tensors may have another shape, or be absent. */
function fakeCheckpoint(changed: ReadonlyMap<string, readonly number[] | null> = new Map()) {
  const tensors = new Map<string, TensorReference>();
  const storages = new Map<string, Float32Array<ArrayBuffer>>();
  for (const [key, right] of [
    ...EXPECTED,
    ['decoder.code_layernorm_embedding.bias', [32]],
  ] as const) {
    const shape = changed.get(key) ?? right;
    if (changed.get(key) === null) continue;
    const name = String(tensors.size);
    const strides = shape.map((_, i) =>
      shape.slice(i + 1).reduce((product, side) => product * side, 1),
    );
    const reference = new TensorReference(new StorageReference(name, 'float32'), 0, {
      shape,
      strides,
    });
    storages.set(name, new Float32Array(reference.count).fill(tensors.size));
    tensors.set(key, reference);
  }
  const source = {
    bigEndian: false,
    storageBytes: (name: string) => storages.get(name)?.byteLength ?? null,
    readStorage: (name: string) => new Uint8Array(storages.get(name)?.buffer ?? []),
  };
  const stored = [...tensors].map(([key, reference]) => [key, { reference, source }] as const);
  return new Checkpoint(
    { config, vocabularyPath: '', mergesPath: '' },
    { tensors: new Map(stored), renamed: 0, form: 'torch zip', files: 1, close: () => {} },
  );
}

describe('readWeights()', () => {
  it('reads what entailment needs, each tensor under its own name, and nothing else', async () => {
    const checkpoint = fakeCheckpoint();
    const weights = await readWeights(checkpoint, () => {});
    [...EXPECTED].forEach(([key, shape], index) => {
      const values = weights(key, shape);
      assert.equal(
        values.length,
        shape.reduce((product, side) => product * side, 1),
        key,
      );
      assert.ok(
        values.every((value) => value === index),
        key,
      );
    });
    const unused = checkpoint.unused().map(({ key }) => key);
    assert.deepEqual(unused, ['decoder.code_layernorm_embedding.bias']);
  });

  it('tells how far it is after every tensor', async () => {
    const progress: string[] = [];
    await readWeights(fakeCheckpoint(), (done, total) => progress.push(`${done}/${total}`));
    const { size } = EXPECTED;
    assert.deepEqual(
      progress,
      Array.from({ length: size }, (_, i) => `${i + 1}/${size}`),
    );
  });

  it('names all missing and misshapen tensors at once, before it reads any', async () => {
    const checkpoint = fakeCheckpoint(
      new Map<string, readonly number[] | null>([
        ['encoder.pos_ln.weight', null],
        ['encoder.layers.1.fc1.weight', [64, 31]],
      ]),
    );
    let read = 0;
    await assert.rejects(
      readWeights(checkpoint, () => read++),
      (error: Error) => {
        assert.equal(error.name, 'ConvertError');
        assert.match(error.message, /encoder\.pos_ln\.weight: expected \[32\], found nothing/);
        assert.match(
          error.message,
          /layers\.1\.fc1\.weight: expected \[64, 32\], found \[64, 31\]/,
        );
        return true;
      },
    );
    assert.equal(read, 0);
  });

  it('names all tensors with NaN or infinite numbers at once', async () => {
    const checkpoint = fakeCheckpoint();
    const broken = new Map(
      [...checkpoint.weights.tensors].map(([key, stored]) => {
        const numbers = new Float32Array(stored.reference.count);
        if (key === 'encoder.pos_ln.bias') numbers.fill(Number.NaN, 1, 3);
        if (key === 'decoder.layer_norm.weight') numbers.fill(-Infinity);
        const source = { ...stored.source, readStorage: () => new Uint8Array(numbers.buffer) };
        return [key, { ...stored, source }] as const;
      }),
    );
    const settings = { config, vocabularyPath: '', mergesPath: '' };
    const damaged = new Checkpoint(settings, { ...checkpoint.weights, tensors: broken });
    await assert.rejects(
      readWeights(damaged, () => {}),
      (error: Error) => {
        assert.deepEqual(error.message.split('\n'), [
          'cannot convert this checkpoint: 2 tensors hold NaN or infinite numbers',
          '  encoder.pos_ln.bias: 2 of 32',
          '  decoder.layer_norm.weight: 32 of 32',
        ]);
        return true;
      },
    );
  });

  it('refuses to hand out a tensor that it did not read, or with other sides', async () => {
    const weights = await readWeights(fakeCheckpoint(), () => {});
    const refused = (key: string) => ({ name: 'ConvertError', message: new RegExp(key) });
    assert.throws(() => weights('encoder.nothing', [1]), refused('encoder.nothing'));
    assert.throws(() => weights('encoder.pos_ln.weight', [31]), refused('encoder.pos_ln.weight'));
  });
});
