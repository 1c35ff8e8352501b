import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeLedger } from '../../../scripts/convert/describe-ledger.ts';
import { isolateLedger, type LedgerModel } from '../../../scripts/convert/isolate-ledger.ts';

/** OFA-tiny as docs/checkpoints.md has it. */
const TINY: LedgerModel = model('int8', {
  width: 256,
  blocks: [3, 4, 6],
  embeddings: 13_068_900,
  kernels: 8_904_896,
  judge: 11_295_536,
  heapBytes: 59_300_000,
});

/** OFA-base in int8: eight times as large. */
const BASE: LedgerModel = model('int8', {
  width: 768,
  blocks: [3, 4, 23],
  embeddings: 38_804_580,
  kernels: 27_000_000,
  judge: 103_000_000,
  heapBytes: null,
});

function model(
  dtype: 'int8' | 'fp32',
  sizes: {
    readonly width: number;
    readonly blocks: readonly number[];
    readonly embeddings: number;
    readonly kernels: number;
    readonly judge: number;
    readonly heapBytes: number | null;
  },
): LedgerModel {
  const file = (bytes: number) => ({ bytes, shards: [] });
  return {
    dtype,
    image: { side: 480, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    shape: { patches: 900, width: sizes.width, blocks: sizes.blocks },
    heapBytes: sizes.heapBytes,
    files: {
      'vision.onnx': file(30_000),
      'vision.weights': file(160_000),
      'vision.kernels': file(sizes.kernels),
      'judge.onnx': file(200_000),
      'judge.weights': file(sizes.judge),
      embeddings: file(sizes.embeddings),
      tokenizer: file(300_000),
    },
  };
}

describe('isolateLedger()', () => {
  it('finds room for OFA-tiny in int8 by its measured heap', () => {
    const ledger = isolateLedger(TINY);
    assert.ok(ledger.fits && ledger.measured);
    // Of the peak that docs/memory.md measures, 117 MiB, this is an upper bound.
    assert.ok(ledger.bytes > 117 * 2 ** 20 && ledger.bytes < 128_000_000, `${ledger.bytes}`);
    assert.equal(
      ledger.bytes,
      ledger.parts.reduce((sum, { bytes }) => sum + bytes, 0),
    );
  });

  it('finds none as soon as the heap is a few megabytes larger', () => {
    assert.equal(isolateLedger({ ...TINY, heapBytes: 65_000_000 }).fits, false);
  });

  it('counts weights and planes where the heap was not measured, which is less', () => {
    const least = isolateLedger({ ...TINY, heapBytes: null });
    assert.ok(least.fits && !least.measured);
    assert.ok(least.bytes < isolateLedger(TINY).bytes);
    assert.equal(isolateLedger(BASE).fits, false);
  });
});

describe('describeLedger()', () => {
  const say = (model: LedgerModel, dtype: 'int8' | 'fp32') =>
    describeLedger(isolateLedger(model), { dtype, folder: 'my-model' }).join('\n');

  it('says that a model fits, and what it holds', () => {
    assert.match(
      say(TINY, 'int8'),
      /^fits a Worker: 12\d\.\d of 128\.0 MB at its peak\n {2}JavaScript/,
    );
    assert.match(
      say({ ...TINY, heapBytes: null }, 'int8'),
      /^may fit a Worker: at least .* without/,
    );
  });

  it('says that a model does not fit, and what to do instead', () => {
    const text = say(BASE, 'int8');
    assert.match(text, /^does not fit a Worker: at least \d+\.\d of 128\.0 MB/);
    assert.match(text, /npm run entail -- --model my-model IMAGE HYPOTHESIS/);
    assert.match(text, /OFA-tiny in int8 fits/);
    assert.doesNotMatch(text, /--dtype/);
    assert.match(say(BASE, 'fp32'), /convert it again with --dtype int8/);
  });
});
